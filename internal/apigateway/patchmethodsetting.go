// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"slices"
	"strconv"
	"strings"
)

// methodSetting is a path of a stage that names the settings of a method, or one of them.
type methodSetting struct {
	// method is the key of the settings, such as pets/GET, or */*.
	method string
	// setting is such as throttling/burstLimit, empty for all.
	setting string
}

// parseMethodSetting finds out whether an operation is about the settings of a method. Their resource may be written with its slashes.
func parseMethodSetting(operation PatchOperation) (methodSetting, bool) {
	segments, ok := parsePointer(operation.Path)
	if !ok || slices.Contains([]string{"variables", "canarySettings", "accessLogSettings"}, segments[0]) {
		return methodSetting{}, false
	}
	if n := len(segments); operation.Op == opReplace && n >= 4 {
		if setting := strings.Join(segments[n-2:], "/"); methodSettings[setting] != nil {
			return methodSetting{methodKey(segments[:n-2]), setting}, true
		}
	}
	return methodSetting{method: methodKey(segments)}, operation.Op == opRemove && len(segments) >= 2
}

// methodKey names a resource and a method as AWS does: the path without its first slash; the root is ~1.
func methodKey(segments []string) string {
	last := len(segments) - 1
	path := strings.TrimPrefix(strings.Join(segments[:last], "/"), "/")
	if path == "" {
		path = "~1"
	}
	return path + "/" + segments[last]
}

// apply sets one setting, or removes all of the method.
func (at methodSetting) apply(s *Stage, operation PatchOperation) error {
	settings, there := s.MethodSettings[at.method]
	if operation.Op == opRemove {
		if !there {
			return nothingToRemove(operation)
		}
		delete(s.MethodSettings, at.method)
		return nil
	}
	if !there {
		settings = newMethodSetting(s.MethodSettings)
	}
	if err := methodSettings[at.setting](&settings, operation.Value); err != nil {
		return BadRequest("Invalid value '%s' of %s: it must be a number", operation.Value, operation.Path)
	}
	if s.MethodSettings == nil {
		s.MethodSettings = Map[MethodSetting]{}
	}
	s.MethodSettings[at.method] = settings
	return nil
}

// newMethodSetting gives the settings that those of a method begin with: those of all methods, or AWS's defaults.
func newMethodSetting(settings Map[MethodSetting]) MethodSetting {
	if all, ok := settings["*/*"]; ok {
		return all
	}
	return MethodSetting{
		CacheTTLInSeconds: 300, RequireAuthorizationForCacheControl: true, UnauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
		ThrottlingBurstLimit: defaultBurstLimit, ThrottlingRateLimit: defaultRateLimit,
	}
}

// AWS's limits of an account, in requests and requests a second.
const (
	defaultBurstLimit = 5000
	defaultRateLimit  = 10000
)

// methodSettings set each setting of a method.
var methodSettings = map[string]func(*MethodSetting, string) error{
	"metrics/enabled":       func(m *MethodSetting, value string) error { m.MetricsEnabled = isTrue(value); return nil },
	"logging/dataTrace":     func(m *MethodSetting, value string) error { m.DataTraceEnabled = isTrue(value); return nil },
	"logging/loglevel":      func(m *MethodSetting, value string) error { m.LoggingLevel = value; return nil },
	"caching/enabled":       func(m *MethodSetting, value string) error { m.CachingEnabled = isTrue(value); return nil },
	"caching/dataEncrypted": func(m *MethodSetting, value string) error { m.CacheDataEncrypted = isTrue(value); return nil },
	"throttling/burstLimit": func(m *MethodSetting, value string) (err error) {
		m.ThrottlingBurstLimit, err = strconv.Atoi(value)
		return err
	},
	"throttling/rateLimit": func(m *MethodSetting, value string) (err error) {
		m.ThrottlingRateLimit, err = finite(value)
		return err
	},
	"caching/ttlInSeconds": func(m *MethodSetting, value string) (err error) {
		m.CacheTTLInSeconds, err = strconv.Atoi(value)
		return err
	},
	"caching/requireAuthorizationForCacheControl": func(m *MethodSetting, value string) error {
		m.RequireAuthorizationForCacheControl = isTrue(value)
		return nil
	},
	"caching/unauthorizedCacheControlHeaderStrategy": func(m *MethodSetting, value string) error {
		m.UnauthorizedCacheControlHeaderStrategy = value
		return nil
	},
}

// finite reads a number that JSON can write.
func finite(value string) (float64, error) {
	number, err := strconv.ParseFloat(value, 64)
	if err == nil && number-number != 0 {
		err = strconv.ErrRange
	}
	return number, err
}
