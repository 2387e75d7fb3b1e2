// SPDX-License-Identifier: Apache-2.0

//go:build module

// Which Envoy it is. There is no call that says so, but each version has callbacks that the one before has not.
#include <dlfcn.h>

#include "bridge.h"

bool gwr_is_140(void) { return dlsym(RTLD_DEFAULT, "envoy_dynamic_module_callback_http_get_timing_info") != NULL; }
