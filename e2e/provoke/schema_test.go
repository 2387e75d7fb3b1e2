// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"encoding/base64"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
)

// schema is a descriptor set, as base64, that the filters for gRPC read: a service for each of them, and a method for each
// of its rows, most of which have the input
//
//	message Pet {
//	  int32 id = 1;
//	  Pet parent = 2;
//	  google.api.HttpBody photo = 3;
//	  repeated int32 ages = 4;
//	}
var schema = base64.StdEncoding.EncodeToString(descriptors())

func descriptors() []byte {
	files := &descriptorpb.FileDescriptorSet{File: []*descriptorpb.FileDescriptorProto{
		{
			Name: new("body.proto"), Package: new("google.api"), Syntax: new("proto3"),
			MessageType: []*descriptorpb.DescriptorProto{message("HttpBody", field("content_type", 1, text), field("data", 2, octets))},
		},
		{
			Name: new("provoke.proto"), Package: new("provoke"), Syntax: new("proto3"), Dependency: []string{"body.proto"},
			MessageType: []*descriptorpb.DescriptorProto{message("Pet",
				field("id", 1, integer), nested("parent", 2, pet), nested("photo", 3, httpBody), repeated("ages", 4))},
			Service: []*descriptorpb.ServiceDescriptorProto{
				service("Json", method("Query", pet, ruleGet, "/json-query", ""), method("Body", pet, rulePost, "/json-body", "*"),
					method("Long", pet, rulePost, "/json-long", "*")),
				service("Reverse",
					plain("Bare"), streaming("Stream"),
					method("Broken", pet, rulePost, "/", "*"), method("Short", pet, rulePost, "/", "*"),
					method("Long", pet, rulePost, "/", "*"), method("Path", pet, rulePost, "/{id}", "*"),
					method("Field", pet, rulePost, "/", "parent"), method("Photo", pet, rulePost, "/", "photo"),
					method("Upload", httpBody, rulePost, "/{id}", "*")),
				service("Fields", plain("Frame"), plain("Long"), plain("Message"), plain("Nothing")),
				service("Messages", plain("Frame"), plain("Long"), plain("Nothing")),
				service("Scrubber", plain("Frame"), plain("Long"), plain("Blocked")),
			},
		},
	}}
	set, err := proto.Marshal(files)
	if err != nil {
		panic(err) // not for a descriptor set
	}
	return set
}

const (
	text    = descriptorpb.FieldDescriptorProto_TYPE_STRING
	octets  = descriptorpb.FieldDescriptorProto_TYPE_BYTES
	integer = descriptorpb.FieldDescriptorProto_TYPE_INT32

	pet      = ".provoke.Pet"
	httpBody = ".google.api.HttpBody"
)

func message(name string, fields ...*descriptorpb.FieldDescriptorProto) *descriptorpb.DescriptorProto {
	return &descriptorpb.DescriptorProto{Name: &name, Field: fields}
}

func field(name string, number int32, kind descriptorpb.FieldDescriptorProto_Type) *descriptorpb.FieldDescriptorProto {
	return &descriptorpb.FieldDescriptorProto{
		Name: &name, Number: &number, Type: &kind, Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(),
	}
}

func nested(name string, number int32, kind string) *descriptorpb.FieldDescriptorProto {
	f := field(name, number, descriptorpb.FieldDescriptorProto_TYPE_MESSAGE)
	f.TypeName = &kind
	return f
}

// repeated is a list of integers.
func repeated(name string, number int32) *descriptorpb.FieldDescriptorProto {
	f := field(name, number, integer)
	f.Label = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
	return f
}

func service(name string, methods ...*descriptorpb.MethodDescriptorProto) *descriptorpb.ServiceDescriptorProto {
	return &descriptorpb.ServiceDescriptorProto{Name: &name, Method: methods}
}

// plain is a method that has no HTTP rule.
func plain(name string) *descriptorpb.MethodDescriptorProto {
	return &descriptorpb.MethodDescriptorProto{Name: &name, InputType: new(pet), OutputType: new(pet)}
}

// streaming is a method that answers with a stream.
func streaming(name string) *descriptorpb.MethodDescriptorProto {
	m := plain(name)
	m.ServerStreaming = new(true)
	return m
}

// Numbers of the fields of google.api.HttpRule, and of the option google.api.http of methods that has this type.
const (
	ruleGet, rulePost, ruleBody = 2, 4, 7

	optionHTTP = 72295728
)

// method is a method with an HTTP rule: its verb, path and the field that is the body.
func method(name, input string, verb protowire.Number, path, body string) *descriptorpb.MethodDescriptorProto {
	rule := appendText(nil, verb, path)
	if body != "" {
		rule = appendText(rule, ruleBody, body)
	}
	m := plain(name)
	m.InputType = &input
	m.Options = &descriptorpb.MethodOptions{}
	// As an unknown field, because the package that knows the option is no dependency of ours.
	m.Options.ProtoReflect().SetUnknown(appendText(nil, optionHTTP, string(rule)))
	return m
}

func appendText(b []byte, number protowire.Number, text string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, number, protowire.BytesType), text)
}
