// SPDX-License-Identifier: Apache-2.0

package vars

import "gatewayresponses/internal/facts"

// errorRows tell about the reply that the client will see.
var errorRows = []Row{
	{
		Name:  "context.error.message",
		About: "the message of the type, as AWS words it",
		value: message,
	},
	{
		Name:  "context.error.messageString",
		About: "the same with quotes around it and escaped as a JSON string; `null` without a message",
		Form:  Quoted,
		value: message,
	},
	{
		Name:  "context.error.responseType",
		About: "the type, as in `THROTTLED`",
		value: func(env *Env, _ string) (string, bool) { return present(env.ResponseType) },
	},
	{
		Name:  "context.error.validationErrorString",
		About: "what is wrong with the request, as the producer of the reply declares it, see [declared](document.md#root-declared)",
		value: func(env *Env, _ string) (string, bool) { return present(env.ValidationError) },
	},
	{
		Name:  "context.status",
		About: "the status that the client sees",
		Form:  JSON,
		value: func(env *Env, _ string) (string, bool) { return status(env.Status) },
	},
}

// responseRows take headers of the original reply.
var responseRows = []Row{{
	Name:   "response.header.NAME",
	About:  "the last line of a header of the reply that Envoy made; for `responseParameters` only",
	header: true,
	value:  func(env *Env, key string) (string, bool) { return env.Facts.Reply.Headers.Last(key) },
}}

// message is that of the type.
func message(env *Env, _ string) (string, bool) { return env.Message, env.HasMessage }

// status is a status as text; 0 is none.
func status(code int) (string, bool) { return facts.StatusText(code), code != 0 }
