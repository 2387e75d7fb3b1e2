// SPDX-License-Identifier: Apache-2.0

// Package clients lets what people already have work against a real gwrd: the aws
// command, boto3, AWS's SDK for Go, Terraform with its AWS provider, and
// definitions that SAM's translator makes. Between them and gwrd stands a recorder: it
// holds every reply against the model of API Gateway that AWS's SDKs are made of.
//
// The clients are Python packages, which the tests install into .cache, in the
// versions of testdata/requirements.txt. The tests have the build tag control; make
// test-control runs them.
package clients
