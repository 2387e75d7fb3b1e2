// SPDX-License-Identifier: Apache-2.0

package admin

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// keys is the page of access keys.
func keys(v *page.Visit) error {
	var all v1.Keys
	if err := v.API.Get(&all, "keys"); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["keys.html"], all.Items)
}

// makeKey makes an access key, and shows it this once.
func makeKey(v *page.Visit) error {
	days, err := strconv.Atoi(v.PostFormValue("days"))
	if err != nil {
		return page.BadForm(errDays)
	}
	asked := map[string]any{
		"name": v.PostFormValue("name"),
		"rights": auth.Rights{
			Role: auth.Role(v.PostFormValue("role")), APIs: strings.Fields(v.PostFormValue("apis")), Hosts: strings.Fields(v.PostFormValue("hosts")),
		},
	}
	if days > 0 {
		asked["expires"] = time.Now().AddDate(0, 0, days).UTC()
	}
	var made v1.NewKey
	if err := v.API.Do(http.MethodPost, asked, &made, "keys"); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["keymade.html"], made)
}

// revokePage asks whether to revoke an access key.
func revokePage(v *page.Visit) error {
	var key v1.Key
	if err := v.API.Get(&key, "keys", v.PathValue("key")); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["revoke.html"], key)
}

// revoke revokes an access key.
func revoke(v *page.Visit) error {
	if err := v.API.Do(http.MethodDelete, nil, nil, "keys", v.PathValue("key")); err != nil {
		return err
	}
	return v.Redirect("/console/keys")
}

var errDays = errors.New("it says for no number of days")
