// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"errors"
	"net/http"
	"strings"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// changing is what the pages show that ask whether to change a host or what is bound to it.
type changing struct {
	Host shownHost
	// To is the gateway to move it to, "" for one that is still to be chosen, and Binding what is to be unbound.
	To      string
	Binding boundAPI
	// ETag is the version of what is to be changed, for the form, and Bound names the bindings that the form was made for.
	ETag, Bound string
	// Targets are the gateways whose documents change, and what would become of them.
	Targets []page.Target
	// Moved says that something has changed since the form was made, and Problem why it is refused.
	Moved   bool
	Problem *v1.Problem
}

// changingOf is a change of the host that the path names.
func changingOf(v *page.Visit) (c changing, err error) {
	c.Host, c.ETag, err = shownHostOf(v)
	var bound []string
	for _, b := range c.Host.Bindings {
		bound = append(bound, strings.Join([]string{b.BasePath, b.API, b.Stage}, " "))
	}
	c.Bound = strings.Join(bound, ", ")
	return c, err
}

// ask shows what a change would do. Where it is refused the page says why.
func (c *changing) ask(v *page.Visit, name, method string, in any, path ...string) error {
	var tried v1.DryRun
	err := v.API.IfMatch(c.ETag).Try(method, in, &tried, path...)
	if err == nil {
		c.Targets, err = v.Targets(tried.Gateways)
	}
	return c.show(v, name, err)
}

// show shows the page, with why the change is refused, if err is that.
func (c *changing) show(v *page.Visit, name string, err error) error {
	status := http.StatusOK
	var said *page.APIError
	switch {
	case errors.As(err, &said) && said.Status < http.StatusInternalServerError:
		c.Problem, status = &said.Problem, said.Status
	case err != nil:
		return err
	case c.Moved:
		status = http.StatusConflict
	}
	return v.Show(status, templates[name], c)
}

// movePage asks to which gateway to move a host, and whether to.
func movePage(v *page.Visit) error { return askToMove(v, false) }

func askToMove(v *page.Visit, moved bool) error {
	c, err := changingOf(v)
	if err != nil {
		return err
	}
	c.Moved = moved
	if c.To = v.FormValue("gateway"); c.To == "" || c.To == c.Host.Gateway {
		return c.show(v, "move.html", nil)
	}
	return c.ask(v, "move.html", http.MethodPatch, object{"gateway": c.To}, "hosts", c.Host.Host.Host)
}

// move moves a host to another gateway.
func move(v *page.Visit) error {
	host := v.PathValue("host")
	return done(v, func() error {
		return v.API.IfMatch(v.PostFormValue("etag")).Do(http.MethodPatch, object{"gateway": v.PostFormValue("gateway")}, nil, "hosts", host)
	}, home(host), askToMove)
}

// object is a body of JSON.
type object = map[string]any

// done goes to a page when a change has worked. If what it changes is another one meanwhile, ask asks anew.
func done(v *page.Visit, change func() error, to string, ask func(v *page.Visit, moved bool) error) error {
	err := change()
	var said *page.APIError
	switch {
	case errors.As(err, &said) && said.Status == http.StatusConflict:
		return ask(v, true)
	case err != nil:
		return err
	}
	return v.Redirect(to)
}

// deletePage asks whether to delete a host.
func deletePage(v *page.Visit) error { return askToDelete(v, false) }

func askToDelete(v *page.Visit, moved bool) error {
	c, err := changingOf(v)
	if err != nil {
		return err
	}
	c.Moved = moved
	return c.ask(v, "delete.html", http.MethodDelete, nil, "hosts", c.Host.Host.Host)
}

// deleteHost deletes a host, if what is bound to it is what the form was made for.
func deleteHost(v *page.Visit) error {
	c, err := changingOf(v)
	if err != nil {
		return err
	}
	if c.Bound != v.PostFormValue("bound") {
		return askToDelete(v, true)
	}
	return done(v, func() error {
		return v.API.IfMatch(v.PostFormValue("etag")).Do(http.MethodDelete, nil, nil, "hosts", c.Host.Host.Host)
	}, "/console/hosts", askToDelete)
}

// unbindPage asks whether to unbind what is bound to a path.
func unbindPage(v *page.Visit) error { return askToUnbind(v, false) }

func askToUnbind(v *page.Visit, moved bool) error {
	c, err := changingOf(v)
	if err != nil {
		return err
	}
	c.Moved = moved
	path := []string{"hosts", c.Host.Host.Host, "bindings", basePath(v.FormValue("path"))}
	if c.ETag, err = v.API.GetVersion(&c.Binding.Binding, path...); err != nil {
		return err
	}
	for _, b := range c.Host.Bindings {
		if b.BasePath == c.Binding.BasePath {
			c.Binding = b
		}
	}
	return c.ask(v, "unbind.html", http.MethodDelete, nil, path...)
}

// unbind unbinds what is bound to a path.
func unbind(v *page.Visit) error {
	host := v.PathValue("host")
	return done(v, func() error {
		return v.API.IfMatch(v.PostFormValue("etag")).Do(http.MethodDelete, nil, nil, "hosts", host, "bindings", basePath(v.PostFormValue("path")))
	}, home(host), askToUnbind)
}

// basePath is a path as bindings have it: without slashes around it, "(none)" for none.
func basePath(path string) string {
	if path = strings.Trim(path, "/"); path == "" {
		return "(none)"
	}
	return path
}
