// SPDX-License-Identifier: Apache-2.0

package apigateway

// CreateDomainNameInput is what CreateDomainName takes.
type CreateDomainNameInput struct {
	DomainName                          *string                       `json:"domainName,omitzero"`
	CertificateName                     *string                       `json:"certificateName,omitzero"`
	CertificateBody                     *string                       `json:"certificateBody,omitzero"`
	CertificatePrivateKey               *string                       `json:"certificatePrivateKey,omitzero"`
	CertificateChain                    *string                       `json:"certificateChain,omitzero"`
	CertificateARN                      *string                       `json:"certificateArn,omitzero"`
	RegionalCertificateName             *string                       `json:"regionalCertificateName,omitzero"`
	RegionalCertificateARN              *string                       `json:"regionalCertificateArn,omitzero"`
	EndpointConfiguration               *EndpointConfiguration        `json:"endpointConfiguration,omitzero"`
	Tags                                map[string]string             `json:"tags,omitzero"`
	SecurityPolicy                      *string                       `json:"securityPolicy,omitzero"`
	EndpointAccessMode                  *string                       `json:"endpointAccessMode,omitzero"`
	MutualTLSAuthentication             *MutualTLSAuthenticationInput `json:"mutualTlsAuthentication,omitzero"`
	OwnershipVerificationCertificateARN *string                       `json:"ownershipVerificationCertificateArn,omitzero"`
	Policy                              *string                       `json:"policy,omitzero"`
	RoutingMode                         *string                       `json:"routingMode,omitzero"`
}

// MutualTLSAuthenticationInput is AWS's shape MutualTlsAuthenticationInput.
type MutualTLSAuthenticationInput struct {
	TruststoreURI     string `json:"truststoreUri,omitzero"`
	TruststoreVersion string `json:"truststoreVersion,omitzero"`
}

// DomainName is AWS's shape DomainName.
type DomainName struct {
	DomainName                          string                   `json:"domainName,omitzero"`
	DomainNameID                        string                   `json:"domainNameId,omitzero"`
	DomainNameARN                       string                   `json:"domainNameArn,omitzero"`
	CertificateName                     string                   `json:"certificateName,omitzero"`
	CertificateARN                      string                   `json:"certificateArn,omitzero"`
	CertificateUploadDate               Time                     `json:"certificateUploadDate,omitzero"`
	RegionalDomainName                  string                   `json:"regionalDomainName,omitzero"`
	RegionalHostedZoneID                string                   `json:"regionalHostedZoneId,omitzero"`
	RegionalCertificateName             string                   `json:"regionalCertificateName,omitzero"`
	RegionalCertificateARN              string                   `json:"regionalCertificateArn,omitzero"`
	DistributionDomainName              string                   `json:"distributionDomainName,omitzero"`
	DistributionHostedZoneID            string                   `json:"distributionHostedZoneId,omitzero"`
	EndpointConfiguration               *EndpointConfiguration   `json:"endpointConfiguration,omitzero"`
	DomainNameStatus                    string                   `json:"domainNameStatus,omitzero"`
	DomainNameStatusMessage             string                   `json:"domainNameStatusMessage,omitzero"`
	SecurityPolicy                      string                   `json:"securityPolicy,omitzero"`
	EndpointAccessMode                  string                   `json:"endpointAccessMode,omitzero"`
	Tags                                map[string]string        `json:"tags,omitzero"`
	MutualTLSAuthentication             *MutualTLSAuthentication `json:"mutualTlsAuthentication,omitzero"`
	OwnershipVerificationCertificateARN string                   `json:"ownershipVerificationCertificateArn,omitzero"`
	ManagementPolicy                    string                   `json:"managementPolicy,omitzero"`
	Policy                              string                   `json:"policy,omitzero"`
	RoutingMode                         string                   `json:"routingMode,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// MutualTLSAuthentication is AWS's shape MutualTlsAuthentication.
type MutualTLSAuthentication struct {
	TruststoreURI      string   `json:"truststoreUri,omitzero"`
	TruststoreVersion  string   `json:"truststoreVersion,omitzero"`
	TruststoreWarnings []string `json:"truststoreWarnings,omitzero"`
}

// GetDomainNameInput is what GetDomainName takes.
type GetDomainNameInput struct {
	DomainName   string `uri:"domain_name" json:"-"`
	DomainNameID string `query:"domainNameId" json:"-"`
}

// GetDomainNamesInput is what GetDomainNames takes.
type GetDomainNamesInput struct {
	Position      string `query:"position" json:"-"`
	Limit         int    `query:"limit" json:"-"`
	ResourceOwner string `query:"resourceOwner" json:"-"`
}

// DomainNames is AWS's shape DomainNames.
type DomainNames struct {
	Position string           `json:"position,omitzero"`
	Items    List[DomainName] `json:"item"`
}

// UpdateDomainNameInput is what UpdateDomainName takes.
type UpdateDomainNameInput struct {
	DomainName      string           `uri:"domain_name" json:"-"`
	DomainNameID    string           `query:"domainNameId" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteDomainNameInput is what DeleteDomainName takes.
type DeleteDomainNameInput struct {
	DomainName   string `uri:"domain_name" json:"-"`
	DomainNameID string `query:"domainNameId" json:"-"`
}

// CreateBasePathMappingInput is what CreateBasePathMapping takes.
type CreateBasePathMappingInput struct {
	DomainName   string  `uri:"domain_name" json:"-"`
	DomainNameID string  `query:"domainNameId" json:"-"`
	BasePath     *string `json:"basePath,omitzero"`
	RestAPIID    *string `json:"restApiId,omitzero"`
	Stage        *string `json:"stage,omitzero"`
}

// BasePathMapping is AWS's shape BasePathMapping.
type BasePathMapping struct {
	BasePath  string `json:"basePath,omitzero"`
	RestAPIID string `json:"restApiId,omitzero"`
	Stage     string `json:"stage,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
	// Unreleased says of a mapping that was just changed whether its gateway is held back, and by what. It is no member of AWS's.
	Unreleased string `json:"-" header:"X-Gateway-Responses-Unreleased"`
}

// GetBasePathMappingInput is what GetBasePathMapping takes.
type GetBasePathMappingInput struct {
	DomainName   string `uri:"domain_name" json:"-"`
	DomainNameID string `query:"domainNameId" json:"-"`
	BasePath     string `uri:"base_path" json:"-"`
}

// GetBasePathMappingsInput is what GetBasePathMappings takes.
type GetBasePathMappingsInput struct {
	DomainName   string `uri:"domain_name" json:"-"`
	DomainNameID string `query:"domainNameId" json:"-"`
	Position     string `query:"position" json:"-"`
	Limit        int    `query:"limit" json:"-"`
}

// BasePathMappings is AWS's shape BasePathMappings.
type BasePathMappings struct {
	Position string                `json:"position,omitzero"`
	Items    List[BasePathMapping] `json:"item"`
}

// UpdateBasePathMappingInput is what UpdateBasePathMapping takes.
type UpdateBasePathMappingInput struct {
	DomainName      string           `uri:"domain_name" json:"-"`
	DomainNameID    string           `query:"domainNameId" json:"-"`
	BasePath        string           `uri:"base_path" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteBasePathMappingInput is what DeleteBasePathMapping takes.
type DeleteBasePathMappingInput struct {
	DomainName   string `uri:"domain_name" json:"-"`
	DomainNameID string `query:"domainNameId" json:"-"`
	BasePath     string `uri:"base_path" json:"-"`
}
