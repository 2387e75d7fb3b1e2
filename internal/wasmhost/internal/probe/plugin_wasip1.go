// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"strconv"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

func init() {
	proxywasm.SetVMContext(&vm{})
	if os.Getenv("PROBE_INIT") == "yield" {
		schedYield()
	}
}

type vm struct{ types.DefaultVMContext }

func (*vm) OnVMStart(int) types.OnVMStartStatus {
	return os.Getenv("PROBE_START") != "refuse"
}

func (*vm) NewPluginContext(id uint32) types.PluginContext { return &plugin{id: id} }

// plugin is a root context.
type plugin struct {
	types.DefaultPluginContext
	id uint32
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	script, _ := proxywasm.GetPluginConfiguration() // none is empty
	return run("configure "+strconv.Itoa(int(p.id)), string(script)) != refuse
}

func (p *plugin) OnTick() { proxywasm.LogInfo("tick of " + strconv.Itoa(int(p.id))) }

func (p *plugin) OnPluginDone() bool {
	proxywasm.LogInfo("done " + strconv.Itoa(int(p.id)))
	return true
}

func (*plugin) NewHttpContext(uint32) types.HttpContext { return &stream{} }

// stream keeps the scripts, which cannot be read later.
type stream struct {
	types.DefaultHttpContext
	response string
	body     []string
	trailers string
}

func script(callback string) string {
	text, _ := proxywasm.GetHttpRequestHeader("probe-" + callback) // none is empty
	return text
}

func (s *stream) OnHttpRequestHeaders(int, bool) types.Action {
	s.response = script("response-headers")
	s.trailers = script("response-trailers")
	for i := 1; i <= 3; i++ {
		s.body = append(s.body, script("response-body-"+strconv.Itoa(i)))
	}
	return types.Action(run("request-headers", script("request-headers")))
}

func (s *stream) OnHttpResponseHeaders(headers int, end bool) types.Action {
	arguments = []string{strconv.Itoa(headers), strconv.FormatBool(end)}
	return types.Action(run("response-headers", s.response))
}

func (s *stream) OnHttpResponseBody(size int, end bool) types.Action {
	arguments = []string{strconv.Itoa(size), strconv.FormatBool(end)}
	if len(s.body) == 0 {
		return types.ActionContinue
	}
	chunk := s.body[0]
	s.body = s.body[1:]
	return types.Action(run("response-body", chunk))
}

func (s *stream) OnHttpResponseTrailers(trailers int) types.Action {
	arguments = []string{strconv.Itoa(trailers)}
	return types.Action(run("response-trailers", s.trailers))
}

func (*stream) OnHttpStreamDone() { run("log", script("log")) }
