// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Effect is a setting that implies protection on AWS, and that nobody here gives: Envoy routes, authenticates and limits, and what it
// does is written in its configuration.
type Effect struct {
	// Setting is its path in the value, such as endpointConfiguration.types.
	Setting string `json:"setting"`
	// Meaning says, in a clause, what does not happen, and what in Envoy does it.
	Meaning string `json:"meaning"`
}

// String is a sentence without its full stop.
func (e Effect) String() string { return e.Setting + " has no effect here: " + e.Meaning }

// RestAPIEffects are what a REST API has of such settings.
func RestAPIEffects(api RestAPI) []Effect {
	effects := policyEffects(api.Policy)
	return append(effects, endpointEffects(api.EndpointConfiguration, api.SecurityPolicy, api.EndpointAccessMode)...)
}

// DomainNameEffects are what a domain name has of such settings.
func DomainNameEffects(d DomainName) []Effect {
	effects := policyEffects(d.Policy)
	if m := d.MutualTLSAuthentication; m != nil && m.TruststoreURI != "" {
		effects = append(effects, Effect{"mutualTlsAuthentication", "nobody asks clients for a certificate; Envoy does with require_client_certificate in the listener's DownstreamTlsContext"})
	}
	return append(effects, endpointEffects(d.EndpointConfiguration, d.SecurityPolicy, d.EndpointAccessMode)...)
}

func policyEffects(policy string) []Effect {
	if policy == "" {
		return nil
	}
	return []Effect{{"policy", "nobody evaluates the resource policy, so all callers are let in; use Envoy's rbac filter"}}
}

// endpointEffects are about who can reach an endpoint, and over which TLS. Envoy's own minimum is TLS 1.2.
func endpointEffects(e *EndpointConfiguration, securityPolicy, accessMode string) []Effect {
	var effects []Effect
	if e != nil && slices.Contains(e.Types, "PRIVATE") {
		effects = append(effects, Effect{"endpointConfiguration.types", "a private endpoint is as reachable as the listener of Envoy that serves it"})
	}
	if e != nil && len(e.VPCEndpointIDs) > 0 {
		effects = append(effects, Effect{"endpointConfiguration.vpcEndpointIds", "requests are let in from wherever they come; use Envoy's rbac filter with source_ip"})
	}
	if securityPolicy != "" && !slices.Contains([]string{"TLS_1_0", "TLS_1_2"}, securityPolicy) {
		effects = append(effects, Effect{"securityPolicy", fmt.Sprintf("nobody holds clients to %s; use tls_params in the listener's DownstreamTlsContext", securityPolicy)})
	}
	if accessMode == "STRICT" {
		effects = append(effects, Effect{"endpointAccessMode", "nobody compares the server name of TLS with the host; Envoy does with server_names in filter_chain_match"})
	}
	return effects
}

// StageEffects are what a stage has of such settings. Throttling counts where it is stricter than AWS's limits of an account, which are
// shown wherever a method has settings.
func StageEffects(s Stage) []Effect {
	var effects []Effect
	if s.CanarySettings != nil {
		effects = append(effects, Effect{"canarySettings", "all requests get the deployment of the stage, and none that of the canary; split traffic by weighted_clusters of Envoy"})
	}
	if s.ClientCertificateID != "" {
		effects = append(effects, Effect{"clientCertificateId", "nobody shows it to the upstream; use transport_socket in Envoy's cluster"})
	}
	if s.WebACLARN != "" {
		effects = append(effects, Effect{"webAclArn", "no firewall looks at requests; use a WAF filter in Envoy"})
	}
	for _, method := range slices.Sorted(maps.Keys(s.MethodSettings)) {
		settings := s.MethodSettings[method]
		if burst, rate := settings.ThrottlingBurstLimit, settings.ThrottlingRateLimit; burst >= 0 && burst != defaultBurstLimit || rate >= 0 && rate != defaultRateLimit {
			effects = append(effects, Effect{"methodSettings." + method + ".throttling", "nobody limits the rate of requests; use Envoy's local_ratelimit or ratelimit filter"})
		}
	}
	return effects
}

// MethodEffects are what a method has of such settings.
func MethodEffects(m Method) []Effect {
	var effects []Effect
	if m.AuthorizationType != "NONE" && m.AuthorizationType != "" {
		effects = append(effects, Effect{"authorizationType", "nobody checks who calls, so " + m.AuthorizationType + " lets everybody in; use Envoy's jwt_authn, ext_authz or rbac filter"})
	}
	if m.APIKeyRequired {
		effects = append(effects, Effect{"apiKeyRequired", "nobody asks for an API key; use Envoy's api_key_auth or ext_authz filter"})
	}
	if m.RequestValidatorID != "" {
		effects = append(effects, Effect{"requestValidatorId", "nobody validates requests; let the upstream do it, or an ext_proc filter of Envoy"})
	}
	return effects
}

// Refuse is the error that says that settings have no effect here; nil for none.
func Refuse(effects []Effect) error {
	if len(effects) == 0 {
		return nil
	}
	sentences := make([]string, len(effects))
	for i, effect := range effects {
		sentences[i] = effect.String()
	}
	return BadRequest("%s. A server that runs with --accept-without-effect stores it all the same.", strings.Join(sentences, ". "))
}
