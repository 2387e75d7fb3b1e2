// SPDX-License-Identifier: Apache-2.0

// Package server is the process gwrd: it opens the store, listens, limits what
// clients may cost, writes the request log and the metrics, and stops without
// losing an answer. What the requests mean is the business of the packages
// below it, and of internal/control.
package server
