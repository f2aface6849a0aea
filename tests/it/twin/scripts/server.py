"""Starts moto with the given arguments.

While moto enforces IAM, it computes wrong signatures for GET requests with names in the path, as EKS has them, and refuses these
requests. So it does not compare signatures here: the tests are about what a session may do, and not about who it is."""

import sys

from moto.iam.access_control import IAMRequestBase
from moto.server import main

IAMRequestBase.check_signature = lambda request: None
main(sys.argv[1:])
