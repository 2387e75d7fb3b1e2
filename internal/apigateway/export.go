// SPDX-License-Identifier: Apache-2.0

package apigateway

// GetExportInput is what GetExport takes.
type GetExportInput struct {
	RestAPIID  string            `uri:"restapi_id" json:"-"`
	StageName  string            `uri:"stage_name" json:"-"`
	ExportType string            `uri:"export_type" json:"-"`
	Parameters map[string]string `query:"parameters" json:"-"`
	Accepts    string            `header:"Accept" json:"-"`
}

// ExportResponse is AWS's shape ExportResponse.
type ExportResponse struct {
	ContentType        string `header:"Content-Type" json:"-"`
	ContentDisposition string `header:"Content-Disposition" json:"-"`
	Body               []byte `json:"-"`
}
