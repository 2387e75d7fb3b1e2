// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/cel-go/cel"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// documents are compiled in the tests.
var documents = map[string]string{
	"families":  `{"gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {"statusCode": 503}}}`,
	"client":    `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/html": "<h1>$context.status</h1> 100% 404 $context.envoy.originalStatus"}}}}`,
	"server":    `{"gatewayResponses": {"DEFAULT_5XX": {"statusCode": 404, "headers": {"X-Id": "$context.requestId"}}}}`,
	"original":  `{"gatewayResponses": {"DEFAULT_5XX": {"statusCode": 404, "headers": {"X-Was": "$context.envoy.originalStatus"}}, "DEFAULT_4XX": {"headers": {"X-Was": "$context.envoy.originalStatus"}}}}`,
	"some":      `{"gatewayResponses": {"THROTTLED": {}, "UNAUTHORIZED": {"statusCode": 302}, "AUTHORIZER_FAILURE": {"statusCode": 500}, "INTEGRATION_TIMEOUT": {}}}`,
	"exact":     `{"gatewayResponses": {"ACCESS_DENIED": {}, "THROTTLED": {}, "UNAUTHORIZED": {}, "DEFAULT_4XX": {"statusCode": 418}}}`,
	"aws":       `{"emulate": "aws", "gatewayResponses": {"DEFAULT_4XX": {"statusCode": "400"}}}`,
	"aws alone": `{"emulate": "aws"}`,
	"rules": `{"classification": [
		{"when": {"details": ["upstream_*"], "status": ["503", "504"]}, "responseType": "X_DOWN"},
		{"when": {"filter": ["coraza", "lua"]}, "responseType": "WAF_FILTERED"},
		{"when": {"details": ["*overload*", "health_check_*"], "status": ["4xx", "5xx"]}, "responseType": "THROTTLED"},
		{"when": {"status": ["404"]}, "leave": true},
		{"when": {"details": ["jwt_*Jwks_*"]}, "leave": true}],
		"gatewayResponses": {"X_DOWN": {}, "WAF_FILTERED": {"statusCode": 403}, "THROTTLED": {"statusCode": 429}, "DEFAULT_4XX": {}, "DEFAULT_5XX": {}}}`,
	"owners": `{"classification": [{"when": {"filter": ["a<b & \u0001\u2028é\"\\", "coraza"]}, "responseType": "WAF_FILTERED"}], "gatewayResponses": {"WAF_FILTERED": {}}}`,
	"partly": `{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "$context.requestId"}}, "UNAUTHORIZED": {"responseTemplates": {"text/plain": ""}}, "DEFAULT_4XX": {}}}`,
	"off":    `{"mode": "off", "gatewayResponses": {"DEFAULT_4XX": {}}}`,
}

// oddName is the name of a filter, as a rule in documents has it.
const oddName = "a<b & \u0001\u2028é\"\\"

// countBodies are details of replies of which it counts whether they have a body.
var countBodies = []string{"ext_authz_denied", "request_rate_limited"}

// TestSame: for every reply that Envoy's source has, and for what is alike, the mappers say what the engine says, or leave it.
func TestSame(t *testing.T) {
	replies := replies(t)
	for name, text := range documents {
		t.Run(name, func(t *testing.T) {
			document, found := config.Decode([]byte(text))
			if found.HasErrors() {
				t.Fatal(found)
			}
			program, found := engine.Compile(document, engine.Everything())
			if found.HasErrors() {
				t.Fatal(found)
			}
			compiled, losses := Compile(document)
			mappers := runnable(t, compiled)
			same, left := 0, 0
			for _, reply := range replies {
				decision := program.Decide(exchange(reply))
				want, got := wanted(decision), mappers.answer(t, reply)
				switch {
				case want == got:
					same++
				case got == answer{}:
					left++
					if !losses.HasErrors() && decision.Trace.Class.Known && !slices.Contains(countBodies, reply.Details) {
						t.Errorf("%+v is left, and nothing says so", reply)
					}
				default:
					t.Errorf("%+v\n got %+v\nwant %+v", reply, got, want)
				}
			}
			t.Logf("%d mappers, %d replies the same, %d left where the filter answers", len(compiled.Mappers), same, left)
			if len(compiled.Mappers) > 120 {
				t.Errorf("%d mappers", len(compiled.Mappers))
			}
		})
	}
}

// replies are those that the golden file of the tables describes, sent by nobody and by a filter, and those with details alike.
func replies(t *testing.T) []facts.Reply {
	t.Helper()
	text, err := os.ReadFile("../../classify/testdata/golden.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []facts.Reply
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(line, " | ")
		if strings.HasPrefix(line, "#") || len(fields) < 4 {
			continue
		}
		status, err := strconv.Atoi(fields[1])
		if err != nil {
			t.Fatal(err)
		}
		for _, details := range []string{fields[0], fields[0] + "_more", "no_" + fields[0], strings.ReplaceAll(fields[0], " ", "_")} {
			for _, s := range []int{status, 404, 503} {
				if s >= facts.FirstError {
					all = append(all, facts.Reply{Status: s, Details: details, HasBody: fields[3] == "body"})
				}
			}
		}
		for _, owner := range []string{"coraza", oddName} {
			if status >= facts.FirstError {
				all = append(all, facts.Reply{Status: status, Details: fields[0], HasBody: fields[3] == "body", Owner: owner})
			}
		}
	}
	if len(all) < 1000 {
		t.Fatalf("%d replies", len(all))
	}
	return all
}

// exchange is a reply to a request with an id.
func exchange(reply facts.Reply) *facts.Facts {
	return &facts.Facts{Request: facts.Request{Headers: facts.Headers{{Name: facts.RequestIDHeader, Value: "id-1"}}}, Reply: reply}
}

// answer is what a client sees; the zero answer is the reply as it is.
type answer struct {
	status        int
	headers, body string
}

// wanted is what the engine answers.
func wanted(decision engine.Decision) answer {
	if decision.Reply == nil {
		return answer{}
	}
	headers := slices.Clone(decision.Headers.Set)
	slices.SortFunc(headers, func(a, b facts.Header) int { return strings.Compare(a.Name, b.Name) })
	a := answer{status: decision.Reply.Status, body: string(decision.Reply.Body)}
	for _, h := range headers {
		a.headers += h.Name + ": " + h.Value + "\n"
	}
	return a
}

// runnable are mappers with their filters compiled.
func runnable(t *testing.T, compiled Config) programs {
	t.Helper()
	env, err := cel.NewEnv(
		cel.Variable("response", cel.MapType(cel.StringType, cel.DynType)),
		cel.Variable("request", cel.MapType(cel.StringType, cel.DynType)),
		cel.Variable("filter_state", cel.MapType(cel.StringType, cel.BytesType)),
	)
	if err != nil {
		t.Fatal(err)
	}
	var all programs
	for _, m := range compiled.Mappers {
		ast, issues := env.Compile(m.Expression)
		if issues.Err() != nil {
			t.Fatalf("%s: %v", m.Expression, issues.Err())
		}
		p, err := env.Program(ast)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, program{p, m})
	}
	return all
}

// programs are the mappers in their order.
type programs []program

// program is a mapper and its filter.
type program struct {
	filter cel.Program
	mapper Mapper
}

// answer is what the first mapper says whose filter holds. Envoy takes a filter that fails for one that does not hold.
func (ps programs) answer(t *testing.T, reply facts.Reply) answer {
	t.Helper()
	state := map[string][]byte{}
	if reply.Owner != "" {
		state["envoy.filters.network.http_connection_manager.local_reply_owner"] = []byte(reply.Owner)
	}
	known := map[string]any{
		"response":     map[string]any{"code": reply.Status, "code_details": reply.Details},
		"request":      map[string]any{"headers": map[string]string{}},
		"filter_state": state,
	}
	for _, p := range ps {
		holds, _, err := p.filter.Eval(known)
		if err != nil || holds.Value() != true {
			continue
		}
		if !p.mapper.Changes() {
			return answer{}
		}
		return p.mapper.answer(reply.Status)
	}
	return answer{}
}

// answer fills the formats as Envoy does.
func (m *Mapper) answer(status int) answer {
	if m.Status != 0 {
		status = m.Status
	}
	fill := strings.NewReplacer("%%", "%", statusOperator, strconv.Itoa(status), requestIDOperator, "id-1")
	headers := []string{"content-type: " + m.ContentType + "\n"}
	for _, h := range m.Headers {
		headers = append(headers, h.Name+": "+fill.Replace(h.Format)+"\n")
	}
	slices.Sort(headers)
	return answer{status, strings.Join(headers, ""), fill.Replace(m.Body)}
}
