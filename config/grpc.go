// SPDX-License-Identifier: Apache-2.0

package config

// GRPC says what clients of gRPC see.
type GRPC struct {
	// Statuses are the statuses by type, at most one for each.
	Statuses []GRPCMapping
	// Message is the template of the message, nil to keep Envoy's. An empty one removes it.
	Message *Text
}

// GRPCMapping is the gRPC status of one type.
type GRPCMapping struct {
	// Type is the type, which exists, with the alias UNSUPPORTED_MEDIA_TYPES already resolved.
	Type ResponseType
	// Status is the status that replies of the type get.
	Status GRPCStatus
}

// grpc reads what clients of gRPC see.
func (d *decoder) grpc(key Text, document *Document) {
	document.GRPC = &GRPC{}
	grpcObject.read(d, key, document.GRPC)
}

// grpcStatuses reads the statuses by type.
func (d *decoder) grpcStatuses(key Text, block *GRPC) {
	written := map[ResponseType]string{}
	d.Object(key, func(key Text) {
		responseType := d.unique(key, d.responseType(key), written)
		if responseType.IsOwn() {
			d.ownNamed = append(d.ownNamed, key)
		}
		if status, ok := d.grpcStatus(key); ok && responseType != "" {
			block.Statuses = append(block.Statuses, GRPCMapping{responseType, status})
		}
	})
}
