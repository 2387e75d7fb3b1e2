// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/v1client"
)

// The modes of a switch.
const (
	switchedOff = "off"
	observing   = "observe"
)

// switching are the arguments and flags of gwr off and gwr on.
type switching struct {
	serverFlags
	observe bool
	after   time.Duration
	why     string
	format  string
}

func newOff(a *app) *cobra.Command {
	var s switching
	cmd := &cobra.Command{
		Use:   "off GATEWAY|API",
		Short: "Turn the filter off on a running server, for a while",
		Long: `off lets every reply of a gateway, or of an API wherever it is bound, pass as Envoy made it. It reaches the Envoys at once,
whatever is pinned or on its way, and ends by itself: gwr on ends it before. With --observe the filter goes on to count what it
would do. The switch and who did it are in the server's audit log.

GATEWAY is the name of a gateway, API the id of an API; write gateway/NAME or api/ID where a name is both.

` + aboutKey,
		Example: `  gwr off default --for 1h --why "the login page loops"
  gwr off --server https://gwrd.example.com api/a1b2c3d4e5 --observe --for 30m`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case !cmd.Flags().Changed("for"):
				return usageOf(cmd, errors.New("--for is missing: for how long, as 30m or 1h"))
			case s.after < time.Second || s.after%time.Second != 0:
				return usageOf(cmd, fmt.Errorf("--for %s is not a time in whole seconds, such as 30m or 1h", s.after))
			}
			return a.off(cmd, args[0], &s)
		},
	}
	s.add(cmd)
	addFormat(cmd, &s.format, "text", "json")
	cmd.Flags().BoolVar(&s.observe, "observe", false, "let the filter count what it would do")
	cmd.Flags().DurationVar(&s.after, "for", 0, "after which `time` it ends by itself, as 30m or 1h")
	cmd.Flags().StringVar(&s.why, "why", "", "the `reason`, for people")
	return cmd
}

// off runs gwr off.
func (a *app) off(cmd *cobra.Command, word string, s *switching) error {
	client, err := a.client(cmd, &s.serverFlags)
	if err != nil {
		return err
	}
	target, err := client.Find(cmd.Context(), word)
	if err != nil {
		return unreadable(err)
	}
	mode := switchedOff
	if s.observe {
		mode = observing
	}
	put, err := client.Off(cmd.Context(), target, mode, s.after, s.why)
	if err != nil {
		return unreadable(fmt.Errorf("%s stays as it is: %w", target, err))
	}
	if s.format == "json" {
		return a.json(put)
	}
	does := "off"
	if s.observe {
		does = "only observing"
	}
	_, err = fmt.Fprintf(a.out, "the filter is %s for %s until %s; gwr on %s ends that before\n", does, target, put.Until.Format(time.RFC3339), argument(target))
	return err
}

// argument is what names a target on the command line, whatever else is called the same.
func argument(target v1client.Target) string {
	if target.Kind == v1client.APIs {
		return "api/" + target.Name
	}
	return "gateway/" + target.Name
}

func newOn(a *app) *cobra.Command {
	var s switching
	cmd := &cobra.Command{
		Use:     "on GATEWAY|API",
		Short:   "End what gwr off began",
		Long:    "on ends a switch before its time, so that the filter does again what its document says.\n\n" + aboutKey,
		Example: "  gwr on default",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := a.client(cmd, &s.serverFlags)
			if err != nil {
				return err
			}
			target, err := client.Find(cmd.Context(), args[0])
			if err == nil {
				err = client.On(cmd.Context(), target)
			}
			if err != nil {
				return unreadable(err)
			}
			if s.format == "json" {
				return a.json(struct {
					Target string `json:"target"`
				}{argument(target)})
			}
			_, err = fmt.Fprintf(a.out, "the filter is on for %s\n", target)
			return err
		},
	}
	s.add(cmd)
	addFormat(cmd, &s.format, "text", "json")
	return cmd
}
