// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"slices"
	"strings"
	"testing"
)

// TestEffects holds which settings are said to have no effect, and which are not.
func TestEffects(t *testing.T) {
	limited := newMethodSetting(nil)
	limited.ThrottlingRateLimit = 5
	for _, test := range []struct {
		name    string
		effects []Effect
		want    []string
	}{
		{
			"API", RestAPIEffects(RestAPI{Policy: "{}", EndpointConfiguration: &EndpointConfiguration{Types: []string{"PRIVATE"}, VPCEndpointIDs: []string{"v"}}, SecurityPolicy: "SecurityPolicy_TLS13_1_3_2025_09", EndpointAccessMode: "STRICT"}),
			[]string{"policy", "endpointConfiguration.types", "endpointConfiguration.vpcEndpointIds", "securityPolicy", "endpointAccessMode"},
		},
		{"harmless API", RestAPIEffects(RestAPI{APIKeySource: "HEADER", EndpointConfiguration: &EndpointConfiguration{Types: []string{"EDGE"}}, SecurityPolicy: "TLS_1_2", EndpointAccessMode: "BASIC"}), nil},
		{"domain name", DomainNameEffects(DomainName{MutualTLSAuthentication: &MutualTLSAuthentication{TruststoreURI: "s3://a"}}), []string{"mutualTlsAuthentication"}},
		{
			"stage", StageEffects(Stage{CanarySettings: &CanarySettings{}, ClientCertificateID: "c", WebACLARN: "w", MethodSettings: Map[MethodSetting]{"*/*": limited, "a/GET": newMethodSetting(nil)}}),
			[]string{"canarySettings", "clientCertificateId", "webAclArn", "methodSettings.*/*.throttling"},
		},
		{"throttling switched off", StageEffects(Stage{MethodSettings: Map[MethodSetting]{"*/*": {ThrottlingBurstLimit: -1, ThrottlingRateLimit: -1}}}), nil},
		{"method", MethodEffects(Method{AuthorizationType: "AWS_IAM", APIKeyRequired: true, RequestValidatorID: "v"}), []string{"authorizationType", "apiKeyRequired", "requestValidatorId"}},
		{"open method", MethodEffects(Method{AuthorizationType: "NONE"}), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, effect := range test.effects {
				got = append(got, effect.Setting)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			err := Refuse(test.effects)
			if (err != nil) != (len(test.want) > 0) {
				t.Fatalf("refused by %v", err)
			}
			for _, setting := range test.want {
				if !strings.Contains(err.Error(), setting+" has no effect here: ") {
					t.Errorf("%q is not in %v", setting, err)
				}
			}
		})
	}
}
