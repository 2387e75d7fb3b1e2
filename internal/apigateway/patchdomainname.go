// SPDX-License-Identifier: Apache-2.0

package apigateway

// domainNamePatches are the paths of a domain name.
var domainNamePatches = patcher[DomainName]{
	refused: badPathOrOp,
	rules: []patchRule[DomainName]{
		replacement("/certificateArn", func(d *DomainName) *string { return &d.CertificateARN }),
		replacement("/certificateName", func(d *DomainName) *string { return &d.CertificateName }),
		replacement("/regionalCertificateArn", func(d *DomainName) *string { return &d.RegionalCertificateARN }),
		replacement("/regionalCertificateName", func(d *DomainName) *string { return &d.RegionalCertificateName }),
		replacement("/ownershipVerificationCertificateArn", func(d *DomainName) *string { return &d.OwnershipVerificationCertificateARN }),
		replacement("/policy", func(d *DomainName) *string { return &d.Policy }),
		oneOf("/securityPolicy", securityPolicies, func(d *DomainName) *string { return &d.SecurityPolicy }),
		oneOf("/endpointAccessMode", endpointAccessModes, func(d *DomainName) *string { return &d.EndpointAccessMode }),
		oneOf("/routingMode", routingModes, func(d *DomainName) *string { return &d.RoutingMode }),
		settable("/mutualTlsAuthentication/truststoreUri", func(d *DomainName) *string { return &d.MutualTLSAuthentication.TruststoreURI }),
		settable("/mutualTlsAuthentication/truststoreVersion", func(d *DomainName) *string { return &d.MutualTLSAuthentication.TruststoreVersion }),
		{"/endpointConfiguration/types/*", []string{opAdd, opReplace, opRemove}, func(d *DomainName, key string, operation PatchOperation) error {
			return patchEndpointType(d.EndpointConfiguration, key, operation)
		}},
		{"/endpointConfiguration/ipAddressType", []string{opReplace}, func(d *DomainName, _ string, operation PatchOperation) error {
			return patchIPAddressType(d.EndpointConfiguration, operation)
		}},
	},
}

// PatchDomainName carries operations out on a domain name.
func PatchDomainName(d DomainName, operations []PatchOperation) (DomainName, error) {
	d.EndpointConfiguration = d.EndpointConfiguration.own()
	mutual := MutualTLSAuthentication{}
	if d.MutualTLSAuthentication != nil {
		mutual = *d.MutualTLSAuthentication
	}
	d.MutualTLSAuthentication = &mutual
	d, err := domainNamePatches.patch(d, operations)
	if err != nil {
		return DomainName{}, err
	}
	if mutual.TruststoreURI == "" {
		d.MutualTLSAuthentication = nil
	}
	return d, checkEndpoint(d.EndpointConfiguration)
}

// basePathMappingPatches are the paths of a base path mapping. AWS spells the second one unlike the member.
var basePathMappingPatches = patcher[BasePathMapping]{
	refused: badPathOrOp,
	rules: []patchRule[BasePathMapping]{
		replacement("/basePath", func(m *BasePathMapping) *string { return &m.BasePath }),
		replacement("/restapiId", func(m *BasePathMapping) *string { return &m.RestAPIID }),
		replacement("/restApiId", func(m *BasePathMapping) *string { return &m.RestAPIID }),
		replacement("/stage", func(m *BasePathMapping) *string { return &m.Stage }),
	},
}

// PatchBasePathMapping carries operations out on a base path mapping. What it maps to may not be there.
func PatchBasePathMapping(m BasePathMapping, operations []PatchOperation) (BasePathMapping, error) {
	return basePathMappingPatches.patch(m, operations)
}
