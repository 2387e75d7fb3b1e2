// SPDX-License-Identifier: Apache-2.0

package console

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/internal/auth"
	v1 "gatewayresponses/internal/server/v1"
)

// keys is the page of access keys.
func keys(v *visit) error {
	var all v1.Keys
	if err := v.api.get(&all, "keys"); err != nil {
		return err
	}
	return v.show(http.StatusOK, "keys.html", all.Items)
}

// makeKey makes an access key, and shows it this once.
func makeKey(v *visit) error {
	days, err := strconv.Atoi(v.PostFormValue("days"))
	if err != nil {
		return badForm(errDays)
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
	if err := v.api.do(http.MethodPost, asked, &made, "keys"); err != nil {
		return err
	}
	return v.show(http.StatusOK, "keymade.html", made)
}

// revokePage asks whether to revoke an access key.
func revokePage(v *visit) error {
	var key v1.Key
	if err := v.api.get(&key, "keys", v.PathValue("key")); err != nil {
		return err
	}
	return v.show(http.StatusOK, "revoke.html", key)
}

// revoke revokes an access key.
func revoke(v *visit) error {
	if err := v.api.do(http.MethodDelete, nil, nil, "keys", v.PathValue("key")); err != nil {
		return err
	}
	return v.redirect("/console/keys")
}
