// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

// failedLogin is a failure of what stands behind a login.
var failedLogin = types{envoy: config.AuthorizerFailure}

// logins are the details of oauth2: sentences, some followed by what the client or the token endpoint sent.
var logins = family{
	title: "OAuth 2.0 logins",
	about: "A browser without a session is sent to the login page, with 302. These are the requests that cannot be.",
	rows: []row{
		{
			pattern: "Unauthorized,_and_redirecting_to_OAuth_server_is_not_allowed*", types: badToken,
			remark: "no session, or one that ended: it cannot be told which",
		},
		{
			pattern: "Failed_to_refresh_the_access_token,_and_redirecting_to_OAuth_server_is_not_allowed", types: badToken,
			remark: "mostly a refresh token that has expired",
		},
		{pattern: "OAuth_server_returned_an_error*", types: badToken, remark: "the login was refused"},
		{pattern: "CSRF_token_validation_failed", types: badToken},
		{pattern: "Code_or_state_query_param_does_not_exist*", types: badToken},
		{pattern: "Code_verifier_cookie_is_missing_in_the_request", types: badToken},
		{pattern: "Failed_to_decrypt_code_verifier*", types: badToken},
		{pattern: "State_query_param_*", types: badToken},
		{pattern: "State_url_*", types: badToken},
		{pattern: "authority_or_original_request_uri_failed_domain_allow-list_validation*", types: badToken, remark: "the client asked for a host that is not allowed"},
		{pattern: "redirect_uri_failed_domain_allow-list_validation*", types: badToken, remark: "made from the client's host"},
		{pattern: "Token_endpoint_cluster_not_found*", types: failedLogin, remark: "the cluster may come later than the filter"},
		{pattern: "Failed_to_get_access_token*", types: failedLogin},
		{pattern: "Failed_to_parse_oauth_response_body*", types: failedLogin},
		{pattern: "No_access_token_found_in_the_token_exchange_response*", types: failedLogin},
		{pattern: "No_default_or_explicit_access_token_expiration_found*", types: failedLogin},
		{pattern: "Failed_to_obtain_client_credential*", types: failedLogin, remark: "the gateway's own credential for the token endpoint"},
		{pattern: "OAuth2_secrets_are_not_ready", types: failedLogin, remark: "503"},
	},
}
