// SPDX-License-Identifier: Apache-2.0

package control

import (
	"fmt"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// The records of the store. Everything that has a size of its own, or is changed by itself, is a record of its own.

// apiKey names a REST API.
func apiKey(id string) store.Key { return store.Key{Kind: "api", Name: id} }

// responseKey names a gateway response that an API customises.
func responseKey(api, responseType string) store.Key {
	return store.Key{Kind: "response", Scope: api, Name: responseType}
}

// resourceKey names a resource of an API; its record holds its methods.
func resourceKey(api, id string) store.Key {
	return store.Key{Kind: "resource", Scope: api, Name: id}
}

// deploymentKey names a deployment: an immutable snapshot of an API.
func deploymentKey(api, id string) store.Key {
	return store.Key{Kind: "deployment", Scope: api, Name: id}
}

// snapshotKey names the snapshot of a deployment. The audit log does not hold it: its hash is in the record of the deployment.
func snapshotKey(api, deployment string) store.Key {
	return store.Key{Kind: "snapshot", Scope: api, Name: deployment}
}

// stageKey names a stage. Its record links to API/DEPLOYMENT.
func stageKey(api, name string) store.Key {
	return store.Key{Kind: "stage", Scope: api, Name: name}
}

// domainKey names a domain name. Its record links to its gateway.
func domainKey(name string) store.Key { return store.Key{Kind: "domain", Name: name} }

// mappingKey names a base path mapping of a domain name. Its record links to API/STAGE.
func mappingKey(domain, basePath string) store.Key {
	return store.Key{Kind: "mapping", Scope: domain, Name: basePath}
}

// gatewayKey names a gateway.
func gatewayKey(name string) store.Key { return store.Key{Kind: "gateway", Name: name} }

// baseKey names the base document of a gateway.
func baseKey(gateway string) store.Key { return store.Key{Kind: "base", Name: gateway} }

// standingKey names what is in force on a gateway, and what is about to be.
func standingKey(gateway string) store.Key { return store.Key{Kind: "standing", Name: gateway} }

// revisionKey names a revision of a gateway. The names of revisions are in the order of their numbers.
func revisionKey(gateway string, number int64) store.Key {
	return store.Key{Kind: "revision", Scope: gateway, Name: fmt.Sprintf("%016d", number)}
}

// documentKey names the document of a revision.
func documentKey(gateway string, number int64) store.Key {
	return store.Key{Kind: "document", Scope: gateway, Name: revisionKey(gateway, number).Name}
}

// switchKey names a switch on a gateway or an API.
func switchKey(on, name string) store.Key { return store.Key{Kind: "switch", Scope: on, Name: name} }

// accessKey names an access key.
func accessKey(id string) store.Key { return store.Key{Kind: "key", Name: id} }

// AnyHost is the domain name of bindings that hold for every host. AWS has none like it.
const AnyHost = "*"

// domain is the record of a domain name.
type domain struct {
	apigateway.DomainName
	// Gateway is whose documents its mappings go to.
	Gateway string `json:"gateway"`
}

// mapping is the record of a base path mapping, which binds a stage to a gateway.
type mapping struct {
	apigateway.BasePathMapping
	// Inherit lets the stage's route inherit the responses of the gateway's base document.
	Inherit bool `json:"inherit,omitempty"`
}
