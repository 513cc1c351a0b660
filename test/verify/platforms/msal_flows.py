"""Signs in with Microsoft's MSAL for Python in every way that it has, as read from stdin, and publishes with the token.

One JSON object a line: the setting comes first; what a person has to do is asked for on stdout and answered on stdin; the results come last.
"""
import json
import re
import ssl
import sys
import urllib.request
from hashlib import sha1

import msal

GRAPH = "https://graph.microsoft.com"
DEFAULT = [GRAPH + "/.default"]
SCOPES = [GRAPH + "/Notifications.ReadWrite.CreatedByApp"]


def write(message):
    print(json.dumps(message), flush=True)


def ask(**question):
    write(question)
    return json.loads(sys.stdin.readline())


setting = json.loads(sys.stdin.readline())
authority = {"authority": setting["origin"] + "/contoso.example", "instance_discovery": False}


def server():
    return msal.ConfidentialClientApplication(setting["server"], client_credential=setting["secret"], **authority)


def phone():
    return msal.PublicClientApplication(setting["phone"], **authority)


def daemon(with_chain):
    with open(setting["pemFile"]) as file:
        pem = file.read()
    part = {label: re.search("-----BEGIN %s-----.*?-----END %s-----" % (label, label), pem, re.S).group(0)
            for label in ("CERTIFICATE", "PRIVATE KEY")}
    thumbprint = sha1(ssl.PEM_cert_to_DER_cert(part["CERTIFICATE"])).hexdigest()
    credential = {"private_key": part["PRIVATE KEY"], "thumbprint": thumbprint}
    if with_chain:
        credential["public_certificate"] = part["CERTIFICATE"]
    return msal.ConfidentialClientApplication(setting["daemon"], client_credential=credential, **authority)


def by_device_code():
    flow = phone().initiate_device_flow(scopes=SCOPES)
    # Answered when the person has signed in, so that the first poll gets the token.
    ask(approve=flow["verification_uri"], code=flow["user_code"])
    return phone().acquire_token_by_device_flow(flow)


def by_code(app, redirect_uri, scopes=SCOPES):
    flow = app.initiate_auth_code_flow(scopes, redirect_uri=redirect_uri)
    return app.acquire_token_by_auth_code_flow(flow, ask(signIn=flow["auth_uri"]))


def renewed():
    app = phone()
    by_code(app, "http://localhost")
    return app.acquire_token_silent(SCOPES, account=app.get_accounts()[0], force_refresh=True)


def by_password():
    # It asks for the user's realm at port 443, whatever the port of the authority; the proxy goes on from there.
    app = msal.PublicClientApplication(setting["phone"], proxies={"https": setting["proxy"]}, **authority)
    return app.acquire_token_by_username_password(setting["user"], setting["password"], SCOPES)


def on_behalf_of():
    for_server = by_code(phone(), "http://localhost", ["api://%s/.default" % setting["server"]])
    return server().acquire_token_on_behalf_of(for_server["access_token"], SCOPES)


def publish(token):
    body = {"targetHostName": "team.example", "payload": {"visualContent": {"title": "From Python"}}}
    headers = {"Authorization": "Bearer " + token, "X-UNS-ID": setting["unsid"], "Content-Type": "application/json"}
    request = urllib.request.Request(setting["origin"] + "/beta/me/notifications", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return answer.status


tokens = {
    "secret": server().acquire_token_for_client(DEFAULT),
    "certificate": daemon(False).acquire_token_for_client(DEFAULT),
    "certificate with its chain": daemon(True).acquire_token_for_client(DEFAULT),
    "device code": by_device_code(),
    "authorization code of a public client": by_code(phone(), "http://localhost"),
    "authorization code of a server": by_code(server(), setting["redirectUri"]),
    "refresh token": renewed(),
    "password": by_password(),
    "on behalf of": on_behalf_of(),
}
write({
    "results": {name: token.get("error_description", token.get("token_type")) for name, token in tokens.items()},
    "published": publish(tokens["secret"]["access_token"]),
})
