"""Signs in with Microsoft's ADAL for Python, the library of v1, as older client SDKs did: a resource for scopes, and one sign-in for several.

One JSON object a line: the setting comes first; what a person has to do is asked for on stdout and answered on stdin; the results come last.
"""
import json
import sys

import adal

FIRST = "https://cdpcs.access.microsoft.com"
OTHERS = ["https://cs.dds.microsoft.com", "https://wns.windows.com/", "https://activity.microsoft.com"]
GRAPH = "https://graph.microsoft.com"


def write(message):
    print(json.dumps(message), flush=True)


def ask(**question):
    write(question)
    return json.loads(sys.stdin.readline())


setting = json.loads(sys.stdin.readline())


def context():
    return adal.AuthenticationContext(setting["origin"] + "/contoso.example", validate_authority=False)


def by_device_code():
    work = context()
    code = work.acquire_user_code(FIRST, setting["phone"])
    ask(approve=code["verification_url"], code=code["user_code"])
    first = work.acquire_token_with_device_code(FIRST, code, setting["phone"])
    others = {resource: work.acquire_token(resource, first["userId"], setting["phone"]) for resource in OTHERS}
    return {FIRST: first, **others}


def by_password():
    return context().acquire_token_with_username_password(FIRST, setting["user"], setting["password"], setting["phone"])


tokens = {
    **by_device_code(),
    "password": by_password(),
    "secret": context().acquire_token_with_client_credentials(GRAPH, setting["server"], setting["secret"]),
}
write({"results": {name: token["accessToken"] for name, token in tokens.items()}})
