// Generated from openapi/identity.yaml by `npm run generate`; not to be edited.
export interface paths {
    "/{tenant}/v2.0/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** The metadata of v2.0 */
        get: operations["getOpenIdConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** The metadata of v1 */
        get: operations["getOpenIdConfigurationV1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/discovery/v2.0/keys": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** The public keys that tokens are signed with */
        get: operations["getSigningKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/discovery/keys": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** The same keys, where the metadata of v1 has them */
        get: operations["getSigningKeysV1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/common/discovery/instance": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path?: never;
            cookie?: never;
        };
        /** Which hosts are one cloud */
        get: operations["discoverInstance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/common/userrealm/{user}": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path?: never;
            cookie?: never;
        };
        /** Whether a user name belongs to an organisation that signs in here */
        get: operations["getUserRealm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/common/UserRealm/{user}": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path?: never;
            cookie?: never;
        };
        /** The same, as the libraries of v1 spell it */
        get: operations["getUserRealmV1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oidc/userinfo": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Who a token's user is
         * @description On Graph's host, and with Graph's errors.
         */
        get: operations["getUserInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/v2.0/token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a token for a grant */
        post: operations["issueToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/token": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a token for a grant, in v1's way
         * @description With `resource` in place of `scope`; the answer has its numbers as strings.
         */
        post: operations["issueTokenV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/v2.0/devicecode": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a sign-in that a person finishes elsewhere */
        post: operations["startDeviceSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/devicecode": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The same in v1's way, with `resource` */
        post: operations["startDeviceSignInV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/deviceauth": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        /** Where a person types the code that a device shows */
        get: operations["showDevicePage"];
        put?: never;
        /** One step of the device's sign-in */
        post: operations["submitDevicePage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/v2.0/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        /** Sign a person in and send the browser back with a code, or with tokens */
        get: operations["authorize"];
        put?: never;
        /** One step of the sign-in */
        post: operations["submitSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        /** The same in v1's way, with `resource` */
        get: operations["authorizeV1"];
        put?: never;
        /** One step of the sign-in */
        post: operations["submitSignInV1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/v2.0/logout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        /** End the session of this browser */
        get: operations["signOut"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{tenant}/oauth2/logout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        /** The same, where the metadata of v1 has it */
        get: operations["signOutV1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "issuer": "https://localhost:4281/0f7e2c3a-5d1b-4b6e-8f4a-9c2d1e0b7a11/v2.0",
         *       "authorization_endpoint": "https://localhost:4281/contoso.example/oauth2/v2.0/authorize",
         *       "token_endpoint": "https://localhost:4281/contoso.example/oauth2/v2.0/token",
         *       "device_authorization_endpoint": "https://localhost:4281/contoso.example/oauth2/v2.0/devicecode",
         *       "end_session_endpoint": "https://localhost:4281/contoso.example/oauth2/v2.0/logout",
         *       "userinfo_endpoint": "https://localhost:4281/oidc/userinfo",
         *       "jwks_uri": "https://localhost:4281/contoso.example/discovery/v2.0/keys",
         *       "token_endpoint_auth_methods_supported": [
         *         "client_secret_post",
         *         "private_key_jwt",
         *         "client_secret_basic"
         *       ],
         *       "response_modes_supported": [
         *         "query",
         *         "fragment",
         *         "form_post"
         *       ],
         *       "response_types_supported": [
         *         "code",
         *         "id_token",
         *         "token",
         *         "id_token token"
         *       ],
         *       "subject_types_supported": [
         *         "pairwise"
         *       ],
         *       "id_token_signing_alg_values_supported": [
         *         "RS256"
         *       ],
         *       "scopes_supported": [
         *         "openid",
         *         "profile",
         *         "email",
         *         "offline_access"
         *       ],
         *       "claims_supported": [
         *         "sub",
         *         "iss",
         *         "aud",
         *         "exp",
         *         "iat",
         *         "nonce",
         *         "name",
         *         "preferred_username",
         *         "email",
         *         "oid",
         *         "tid",
         *         "ver"
         *       ]
         *     }
         */
        OpenIdConfiguration: {
            /**
             * @description With the tenant ID, or {tenantid} where the path names none
             * @example https://localhost:4281/0f7e2c3a-5d1b-4b6e-8f4a-9c2d1e0b7a11/v2.0
             */
            issuer: string;
            /**
             * Format: uri
             * @example https://localhost:4281/common/oauth2/v2.0/authorize
             */
            authorization_endpoint: string;
            /**
             * Format: uri
             * @example https://localhost:4281/common/oauth2/v2.0/token
             */
            token_endpoint: string;
            /**
             * Format: uri
             * @example https://localhost:4281/common/oauth2/v2.0/devicecode
             */
            device_authorization_endpoint: string;
            /**
             * Format: uri
             * @example https://localhost:4281/common/oauth2/v2.0/logout
             */
            end_session_endpoint: string;
            /**
             * Format: uri
             * @example https://localhost:4281/oidc/userinfo
             */
            userinfo_endpoint: string;
            /**
             * Format: uri
             * @example https://localhost:4281/common/discovery/v2.0/keys
             */
            jwks_uri: string;
            /**
             * @example [
             *       "client_secret_post",
             *       "client_secret_basic",
             *       "private_key_jwt"
             *     ]
             */
            token_endpoint_auth_methods_supported: ("client_secret_post" | "client_secret_basic" | "private_key_jwt")[];
            /**
             * @example [
             *       "query",
             *       "fragment",
             *       "form_post"
             *     ]
             */
            response_modes_supported: ("query" | "fragment" | "form_post")[];
            /**
             * @example [
             *       "code",
             *       "id_token",
             *       "token",
             *       "id_token token"
             *     ]
             */
            response_types_supported: ("code" | "id_token" | "token" | "id_token token")[];
            /**
             * @example [
             *       "pairwise"
             *     ]
             */
            subject_types_supported: "pairwise"[];
            /**
             * @example [
             *       "RS256"
             *     ]
             */
            id_token_signing_alg_values_supported: "RS256"[];
            /**
             * @example [
             *       "openid",
             *       "profile",
             *       "email",
             *       "offline_access"
             *     ]
             */
            scopes_supported: string[];
            /**
             * @example [
             *       "sub",
             *       "iss",
             *       "aud",
             *       "exp",
             *       "iat",
             *       "nonce",
             *       "preferred_username",
             *       "name",
             *       "tid",
             *       "ver"
             *     ]
             */
            claims_supported: string[];
            /**
             * @description No region
             * @example null
             */
            tenant_region_scope?: null;
            /**
             * @description The host of this emulator
             * @example localhost:4281
             */
            cloud_instance_name?: string;
            /** @example localhost:4281 */
            msgraph_host?: string;
        };
        /**
         * @example {
         *       "keys": [
         *         {
         *           "kty": "RSA",
         *           "use": "sig",
         *           "alg": "RS256",
         *           "kid": "nOo3ZDrODXEK1jKWhXslHR_KXEg",
         *           "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbU",
         *           "e": "AQAB"
         *         }
         *       ]
         *     }
         */
        KeySet: {
            keys: {
                /**
                 * @example RSA
                 * @constant
                 */
                kty: "RSA";
                /**
                 * @example sig
                 * @constant
                 */
                use: "sig";
                /**
                 * @example RS256
                 * @constant
                 */
                alg: "RS256";
                /** @example nOo3ZDrODXEK1jKWhXslHR_KXEg */
                kid: string;
                /** @example 0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw */
                n: string;
                /** @example AQAB */
                e: string;
                /** @description The private part is never sent */
                d?: unknown;
            }[];
        };
        /**
         * @example {
         *       "tenant_discovery_endpoint": "https://localhost:4281/common/v2.0/.well-known/openid-configuration",
         *       "api-version": "1.1",
         *       "metadata": [
         *         {
         *           "preferred_network": "localhost:4281",
         *           "preferred_cache": "localhost:4281",
         *           "aliases": [
         *             "localhost:4281"
         *           ]
         *         }
         *       ]
         *     }
         */
        InstanceDiscovery: {
            /**
             * Format: uri
             * @example https://localhost:4281/common/v2.0/.well-known/openid-configuration
             */
            tenant_discovery_endpoint: string;
            /**
             * @example 1.1
             * @constant
             */
            "api-version": "1.1";
            metadata: {
                /** @example localhost:4281 */
                preferred_network: string;
                /** @example localhost:4281 */
                preferred_cache: string;
                /**
                 * @example [
                 *       "localhost:4281"
                 *     ]
                 */
                aliases: string[];
            }[];
        };
        /**
         * @example {
         *       "ver": "1.0",
         *       "account_type": "Managed",
         *       "domain_name": "contoso.example",
         *       "cloud_instance_name": "microsoftonline.com",
         *       "cloud_audience_urn": "urn:federation:MicrosoftOnline"
         *     }
         */
        UserRealm: {
            /**
             * @example 1.0
             * @constant
             */
            ver: "1.0";
            /**
             * @description Managed: the password goes to the token endpoint; Unknown: no tenant has the name
             * @example Managed
             * @enum {string}
             */
            account_type: "Managed" | "Unknown";
            /** @example contoso.example */
            domain_name?: string;
            /**
             * @example microsoftonline.com
             * @constant
             */
            cloud_instance_name: "microsoftonline.com";
            /**
             * @example urn:federation:MicrosoftOnline
             * @constant
             */
            cloud_audience_urn: "urn:federation:MicrosoftOnline";
        } & ({
            /** @constant */
            account_type?: "Managed";
        } | {
            /** @constant */
            account_type?: "Unknown";
        });
        /**
         * @example {
         *       "sub": "OLu859SGc2Sr9ZsqbkG-QbeLgJlb41KcdiPoLYNpSFA",
         *       "name": "Adele Vance",
         *       "email": "adele@contoso.example"
         *     }
         */
        UserInfo: {
            /**
             * @description As in the id token of the same client
             * @example OLu859SGc2Sr9ZsqbkG-QbeLgJlb41KcdiPoLYNpSFA
             */
            sub: string;
            /** @example Adele Vance */
            name: string;
            /**
             * @description The user principal name
             * @example adele@contoso.example
             */
            email: string;
        };
        /**
         * @description What each grant needs; what it does not know is ignored
         * @example {
         *       "grant_type": "client_credentials",
         *       "client_id": "5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11",
         *       "client_secret": "contoso-server-secret",
         *       "scope": "https://graph.microsoft.com/.default"
         *     }
         */
        TokenRequest: {
            /**
             * @example client_credentials
             * @enum {string}
             */
            grant_type: "client_credentials" | "authorization_code" | "refresh_token" | "urn:ietf:params:oauth:grant-type:jwt-bearer" | "device_code" | "urn:ietf:params:oauth:grant-type:device_code" | "password";
            /**
             * @description Here or in the Authorization header
             * @example 5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11
             */
            client_id?: string;
            /** @example contoso-server-secret */
            client_secret?: string;
            /**
             * @example urn:ietf:params:oauth:client-assertion-type:jwt-bearer
             * @constant
             */
            client_assertion_type?: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            /**
             * @description A JWT that the client's certificate has signed
             * @example eyJhbGciOiJQUzI1NiJ9.e30.c2lnbmF0dXJl
             */
            client_assertion?: string;
            /** @example https://graph.microsoft.com/.default */
            scope?: string;
            /**
             * @description v1's way to say for what
             * @example https://graph.microsoft.com
             */
            resource?: string;
            /**
             * @description Also a device code, in v1
             * @example 0.AXkA3vT0uWm5p1sVxq2nR8yLdC
             */
            code?: string;
            /** @example https://localhost:3000/signed-in */
            redirect_uri?: string;
            /** @example dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk */
            code_verifier?: string;
            /** @example 1.AXkA3vT0uWm5p1sVxq2nR8yLdC */
            refresh_token?: string;
            /**
             * @description The token of the user that called the client
             * @example eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl
             */
            assertion?: string;
            /**
             * @example on_behalf_of
             * @constant
             */
            requested_token_use?: "on_behalf_of";
            /** @example HAQABAAEAAAD3vT0uWm5p1sVxq2nR8yLdC */
            device_code?: string;
            /** @example adele@contoso.example */
            username?: string;
            /** @example adele-password */
            password?: string;
            /**
             * @description Another one makes another request of the same assertion (D24)
             * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
             */
            "client-request-id"?: string;
            /**
             * @description 1 asks for client_info in the answer
             * @example 1
             */
            client_info?: string;
        } & (unknown & unknown & unknown & unknown & unknown);
        /**
         * @example {
         *       "token_type": "Bearer",
         *       "scope": "https://graph.microsoft.com/.default",
         *       "expires_in": 3599,
         *       "ext_expires_in": 3599,
         *       "access_token": "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl"
         *     }
         */
        TokenAnswer: {
            /**
             * @example Bearer
             * @constant
             */
            token_type: "Bearer";
            /**
             * @description As the client spelled it
             * @example https://graph.microsoft.com/.default
             */
            scope?: string;
            /**
             * @description Seconds
             * @example 3599
             */
            expires_in: number;
            /** @example 3599 */
            ext_expires_in: number;
            /** @example eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl */
            access_token: string;
            /** @example 1.AXkA3vT0uWm5p1sVxq2nR8yLdC */
            refresh_token?: string;
            /** @example eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl */
            id_token?: string;
            /**
             * @description base64url of {"uid","utid"}
             * @example eyJ1aWQiOiIxIiwidXRpZCI6IjIifQ
             */
            client_info?: string;
        };
        /**
         * @description Numbers are strings
         * @example {
         *       "token_type": "Bearer",
         *       "expires_in": "3599",
         *       "ext_expires_in": "3599",
         *       "expires_on": "1566523555",
         *       "not_before": "1566519955",
         *       "resource": "https://graph.microsoft.com",
         *       "access_token": "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl"
         *     }
         */
        TokenAnswerV1: {
            /**
             * @example Bearer
             * @constant
             */
            token_type: "Bearer";
            /** @example Notifications.ReadWrite.CreatedByApp */
            scope?: string;
            /**
             * @description Seconds
             * @example 3599
             */
            expires_in: string;
            /** @example 3599 */
            ext_expires_in: string;
            /**
             * @description Seconds since 1970
             * @example 1566523555
             */
            expires_on: string;
            /** @example 1566519955 */
            not_before: string;
            /** @example https://graph.microsoft.com */
            resource: string;
            /** @example eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl */
            access_token: string;
            /** @example 1.AXkA3vT0uWm5p1sVxq2nR8yLdC */
            refresh_token?: string;
            /** @example eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl */
            id_token?: string;
            /** @example eyJ1aWQiOiIxIiwidXRpZCI6IjIifQ */
            client_info?: string;
        };
        /**
         * @example {
         *       "client_id": "2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33",
         *       "scope": "openid"
         *     }
         */
        DeviceCodeRequest: {
            /** @example 2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33 */
            client_id: string;
            /** @example openid https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp */
            scope: string;
        };
        /**
         * @example {
         *       "user_code": "HJKM-7Q2W",
         *       "device_code": "HAQABAAEAAAD3vT0uWm5p1sVxq2nR8yLdC",
         *       "verification_uri": "https://localhost:4281/common/oauth2/deviceauth",
         *       "expires_in": 900,
         *       "interval": 5,
         *       "message": "To sign in, open https://localhost:4281/common/oauth2/deviceauth and enter the code HJKM-7Q2W."
         *     }
         */
        DeviceCodeAnswer: {
            /**
             * @description Easy to read and to type; no vowels, so that it spells no word
             * @example HJKM-7Q2W
             */
            user_code: string;
            /** @example HAQABAAEAAAD3vT0uWm5p1sVxq2nR8yLdC */
            device_code: string;
            /**
             * Format: uri
             * @example https://localhost:4281/common/oauth2/deviceauth
             */
            verification_uri: string;
            /** @example 900 */
            expires_in: number;
            /**
             * @description Seconds between two questions
             * @example 5
             */
            interval: number;
            /**
             * @description A message to show to the person
             * @example To sign in, open https://localhost:4281/common/oauth2/deviceauth and enter the code HJKM-7Q2W.
             */
            message: string;
        };
        /**
         * @example {
         *       "client_id": "2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33",
         *       "resource": "https://activity.microsoft.com"
         *     }
         */
        DeviceCodeRequestV1: {
            /** @example 2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33 */
            client_id: string;
            /** @example https://activity.microsoft.com */
            resource: string;
        };
        /**
         * @description Numbers are strings, and the address is a `verification_url`
         * @example {
         *       "user_code": "HJKM-7Q2W",
         *       "device_code": "HAQABAAEAAAD3vT0uWm5p1sVxq2nR8yLdC",
         *       "verification_url": "https://localhost:4281/common/oauth2/deviceauth",
         *       "expires_in": "900",
         *       "interval": "5",
         *       "message": "To sign in, open https://localhost:4281/common/oauth2/deviceauth and enter the code HJKM-7Q2W."
         *     }
         */
        DeviceCodeAnswerV1: {
            /** @example HJKM-7Q2W */
            user_code: string;
            /** @example HAQABAAEAAAD3vT0uWm5p1sVxq2nR8yLdC */
            device_code: string;
            /**
             * Format: uri
             * @example https://localhost:4281/common/oauth2/deviceauth
             */
            verification_url: string;
            /** @example 900 */
            expires_in: string;
            /**
             * @description Seconds between two questions
             * @example 5
             */
            interval: string;
            /** @example To sign in, open https://localhost:4281/common/oauth2/deviceauth and enter the code HJKM-7Q2W. */
            message: string;
        };
        /**
         * @example {
         *       "client_id": "8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44",
         *       "response_type": "code",
         *       "redirect_uri": "https://localhost:3000/signed-in",
         *       "sign_in": "adele"
         *     }
         */
        SignInStep: {
            /** @example 8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44 */
            client_id: string;
            /**
             * @example code
             * @enum {string}
             */
            response_type: "code" | "token" | "id_token" | "id_token token" | "token id_token";
            /**
             * Format: uri
             * @example https://localhost:3000/signed-in
             */
            redirect_uri: string;
            /** @example openid */
            scope?: string;
            /** @example https://graph.microsoft.com */
            resource?: string;
            /** @example 42 */
            state?: string;
            /** @example 7c1b7a0e */
            nonce?: string;
            /** @example 1 */
            client_info?: string;
            /**
             * @example query
             * @enum {string}
             */
            response_mode?: "query" | "fragment" | "form_post";
            /**
             * @example login
             * @enum {string}
             */
            prompt?: "none" | "login" | "select_account" | "consent" | "create";
            /** @example adele@contoso.example */
            login_hint?: string;
            /** @example E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM */
            code_challenge?: string;
            /**
             * @example S256
             * @constant
             */
            code_challenge_method?: "S256";
            /**
             * @description The alias of the user whose button was pressed
             * @example adele
             */
            sign_in?: string;
            /** @example adele@contoso.example */
            username?: string;
            /** @example adele-password */
            password?: string;
            /**
             * @description The person wants to sign in as somebody else
             * @example other
             * @enum {string}
             */
            account?: "other";
            /**
             * @example accept
             * @enum {string}
             */
            consent?: "accept" | "cancel";
        };
        /**
         * @example {
         *       "user_code": "HJKM-7Q2W",
         *       "sign_in": "adele"
         *     }
         */
        DevicePageStep: {
            /**
             * @description Compared without case, spaces and dashes
             * @example HJKM-7Q2W
             */
            user_code: string;
            /**
             * @description Who the page was shown to
             * @example adele@contoso.example
             */
            login_hint?: string;
            /** @example adele */
            sign_in?: string;
            /** @example adele@contoso.example */
            username?: string;
            /** @example adele-password */
            password?: string;
            /**
             * @description The person wants to sign in as somebody else
             * @example other
             * @enum {string}
             */
            account?: "other";
            /**
             * @example accept
             * @enum {string}
             */
            consent?: "accept" | "cancel";
        };
        /** @example <!doctype html><title>Sign in</title> */
        PageText: string;
        /** @example <!doctype html><title>Sign in</title><p>AADSTS700016: … */
        ErrorPageText: string;
        /**
         * @description The error in the words of OAuth
         * @example invalid_client
         * @enum {string}
         */
        ErrorName: "invalid_request" | "invalid_client" | "invalid_grant" | "unauthorized_client" | "unsupported_grant_type" | "unsupported_response_type" | "invalid_scope" | "invalid_resource" | "authorization_pending" | "slow_down" | "expired_token" | "authorization_declined" | "bad_verification_code" | "access_denied" | "login_required" | "consent_required" | "interaction_required" | "temporarily_unavailable" | "server_error";
        /**
         * @description The platform's error body; the description begins with AADSTS and the number
         * @example {
         *       "error": "invalid_client",
         *       "error_description": "AADSTS7000215: Invalid client secret provided.",
         *       "error_codes": [
         *         7000215
         *       ],
         *       "timestamp": "2019-08-23 00:25:55Z",
         *       "trace_id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
         *       "correlation_id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
         *     }
         */
        ErrorBody: {
            error: components["schemas"]["ErrorName"];
            /** @example AADSTS7000215: Invalid client secret provided. */
            error_description: string;
            /**
             * @example [
             *       7000215
             *     ]
             */
            error_codes: components["schemas"]["ErrorNumber"][];
            /** @example 2019-08-23 00:25:55Z */
            timestamp: string;
            /**
             * Format: uuid
             * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
             */
            trace_id: string;
            /**
             * Format: uuid
             * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
             */
            correlation_id: string;
            /**
             * Format: uri
             * @example https://localhost:4281/error?code=7000215
             */
            error_uri?: string;
            /** @example consent_required */
            suberror?: string;
        };
        /**
         * @description The number behind AADSTS
         * @example 7000215
         * @enum {integer}
         */
        ErrorNumber: 16000 | 50011 | 50013 | 50020 | 50034 | 50058 | 50126 | 50194 | 54005 | 65001 | 65004 | 70000 | 70003 | 70005 | 70007 | 70008 | 70011 | 70016 | 70017 | 70018 | 70019 | 90002 | 90033 | 90055 | 500011 | 500112 | 500131 | 500133 | 501481 | 700016 | 700023 | 700024 | 700025 | 700027 | 700051 | 700054 | 700082 | 900144 | 1002012 | 7000215 | 7000218 | 9002313 | 9002325 | 9002326 | 9002327;
        /**
         * @example BadRequest
         * @enum {string}
         */
        ErrorCode: "BadRequest" | "InvalidAuthenticationToken" | "Forbidden" | "NotFound" | "MethodNotAllowed" | "NotAcceptable" | "TooManyRequests" | "Conflict" | "Gone" | "RequestEntityTooLarge" | "UnsupportedMediaType" | "FailedDependency" | "UpgradeRequired" | "InternalServerError" | "ServiceUnavailable" | "NotImplemented";
        /**
         * @example InvalidBody
         * @enum {string}
         */
        InnerErrorCode: "InvalidJson" | "BodyIsArray" | "InvalidBody" | "InvalidParameter" | "UnsupportedHeader" | "MissingUnsid" | "CorruptEncoding" | "TokenMissing" | "TokenInvalid" | "TokenExpired" | "CallerBlocked" | "UnsidNotUsable" | "OtherUser" | "ClientNotRegistered" | "MissingScope" | "UserTokenRequired" | "UnknownRoute" | "UnknownResource" | "Throttled" | "PlatformChanged" | "CursorUnknown" | "ContentType" | "ContentEncoding";
        /**
         * @description Graph's error body
         * @example {
         *       "error": {
         *         "code": "BadRequest",
         *         "message": "/payload/visualContent/title: is required",
         *         "innerError": {
         *           "code": "InvalidBody",
         *           "date": "2019-08-23T00:25:55.329Z",
         *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
         *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
         *         },
         *         "details": [
         *           {
         *             "code": "required",
         *             "target": "/payload/visualContent/title",
         *             "message": "is required"
         *           }
         *         ]
         *       }
         *     }
         */
        GraphError: {
            error: {
                code: components["schemas"]["ErrorCode"];
                /**
                 * @description Names the first fault
                 * @example /payload/visualContent/title: is required
                 */
                message: string;
                innerError: {
                    code?: components["schemas"]["InnerErrorCode"];
                    /**
                     * Format: date-time
                     * @example 2019-08-23T00:25:55.329Z
                     */
                    date: string;
                    /**
                     * Format: uuid
                     * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
                     */
                    "request-id": string;
                    /**
                     * Format: uuid
                     * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
                     */
                    "client-request-id": string;
                };
                /** @description Every fault of a body or parameter */
                details?: {
                    /**
                     * @description The keyword or reason
                     * @example required
                     */
                    code: string;
                    /**
                     * @description A JSON pointer, or the name of a header or parameter
                     * @example /payload/visualContent/title
                     */
                    target: string;
                    /** @example is required */
                    message: string;
                }[];
            };
        };
    };
    responses: {
        /** @description The document declares no such method here */
        MethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["headers-ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "MethodNotAllowed",
                 *         "message": "GET is not supported here.",
                 *         "innerError": {
                 *           "date": "2019-08-23T00:25:55.329Z",
                 *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
                 *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["GraphError"] & {
                    error?: {
                        /** @constant */
                        code?: "MethodNotAllowed";
                    };
                };
            };
        };
        /** @description Refused, in the platform's shape */
        IdentityError: {
            headers: {
                "x-ms-request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["NoStore"];
                Pragma: components["headers"]["NoCache"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Too many requests; without Retry-After the client libraries block themselves for a minute */
        IdentityThrottled: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "x-ms-request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["NoStore"];
                Pragma: components["headers"]["NoCache"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["ErrorBody"];
            };
        };
        /** @description A fault of the emulator */
        IdentityFault: {
            headers: {
                "x-ms-request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["NoStore"];
                Pragma: components["headers"]["NoCache"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Shutting down */
        IdentityUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "x-ms-request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["NoStore"];
                Pragma: components["headers"]["NoCache"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["ErrorBody"];
            };
        };
        /** @description A page for a person */
        Page: {
            headers: {
                "x-ms-request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["NoStore"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Referrer-Policy": components["headers"]["ReferrerPolicy"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Set-Cookie": components["headers"]["SetCookie"];
                [name: string]: unknown;
            };
            content: {
                "text/html;charset=utf-8": components["schemas"]["PageText"];
            };
        };
        /** @description What went wrong, as a page for a person */
        ErrorPage: {
            headers: {
                "x-ms-request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["NoStore"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Referrer-Policy": components["headers"]["ReferrerPolicy"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                [name: string]: unknown;
            };
            content: {
                "text/html;charset=utf-8": components["schemas"]["ErrorPageText"];
            };
        };
        /** @description The browser goes back to the client, with a code, with tokens or with an error, also in a frame */
        BackToTheClient: {
            headers: {
                Location: components["headers"]["Location"];
                "x-ms-request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["NoStore"];
                "Referrer-Policy": components["headers"]["ReferrerPolicy"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Set-Cookie": components["headers"]["SetCookie"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description No usable token */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["headers-ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "InvalidAuthenticationToken",
                 *         "message": "Access token is missing.",
                 *         "innerError": {
                 *           "code": "TokenMissing",
                 *           "date": "2019-08-23T00:25:55.329Z",
                 *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
                 *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["GraphError"] & {
                    error?: {
                        /** @constant */
                        code?: "InvalidAuthenticationToken";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "TokenMissing" | "TokenInvalid" | "TokenExpired";
                        };
                    };
                };
            };
        };
        /** @description The caller may not do this */
        Forbidden: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["headers-ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "Forbidden",
                 *         "message": "The caller is on the block list.",
                 *         "innerError": {
                 *           "code": "CallerBlocked",
                 *           "date": "2019-08-23T00:25:55.329Z",
                 *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
                 *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["GraphError"] & {
                    error?: {
                        /** @constant */
                        code?: "Forbidden";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "CallerBlocked" | "UnsidNotUsable" | "OtherUser" | "ClientNotRegistered" | "MissingScope" | "UserTokenRequired";
                        };
                    };
                };
            };
        };
        /** @description Throttled, in the service's own way (when so configured) */
        NotAcceptable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["headers-ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "NotAcceptable",
                 *         "message": "Too many requests.",
                 *         "innerError": {
                 *           "code": "Throttled",
                 *           "date": "2019-08-23T00:25:55.329Z",
                 *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
                 *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["GraphError"] & {
                    error?: {
                        /** @constant */
                        code?: "NotAcceptable";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "Throttled";
                        };
                    };
                };
            };
        };
        /** @description Throttled, in Graph's way */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["headers-ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "TooManyRequests",
                 *         "message": "Too many requests.",
                 *         "innerError": {
                 *           "code": "Throttled",
                 *           "date": "2019-08-23T00:25:55.329Z",
                 *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
                 *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["GraphError"] & {
                    error?: {
                        /** @constant */
                        code?: "TooManyRequests";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "Throttled";
                        };
                    };
                };
            };
        };
        /** @description A fault of the service */
        InternalServerError: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["headers-ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "InternalServerError",
                 *         "message": "The service failed.",
                 *         "innerError": {
                 *           "date": "2019-08-23T00:25:55.329Z",
                 *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
                 *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["GraphError"] & {
                    error?: {
                        /** @constant */
                        code?: "InternalServerError";
                    };
                };
            };
        };
        /** @description Busy, or shutting down */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["headers-ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "ServiceUnavailable",
                 *         "message": "The service is shutting down.",
                 *         "innerError": {
                 *           "date": "2019-08-23T00:25:55.329Z",
                 *           "request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18",
                 *           "client-request-id": "943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["GraphError"] & {
                    error?: {
                        /** @constant */
                        code?: "ServiceUnavailable";
                    };
                };
            };
        };
    };
    parameters: {
        /**
         * @description A tenant ID, a domain of it, common, organizations or consumers
         * @example contoso.example
         */
        Tenant: string;
        /**
         * @description Echoed when it is a GUID, else ignored
         * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
         */
        ClientRequestId: string;
        /**
         * @description A user principal name
         * @example adele@contoso.example
         */
        RealmUser: string;
        /**
         * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
         * @example https://localhost:3000
         */
        Origin: string;
        /**
         * @description Who is signed in in this browser
         * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
         */
        Session: string;
        /**
         * @description Sent by browsers: a request from a page of another site was not made by the person
         * @example same-origin
         */
        FetchSite: string;
        /**
         * @description Where to go then; a redirect URI of a registered client
         * @example https://localhost:3000/
         */
        PostLogoutRedirectUri: string;
        /**
         * @description Given back
         * @example 42
         */
        SignOutState: string;
        /**
         * @description The client that asks
         * @example 8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44
         */
        ClientId: string;
        /**
         * @description A code, or tokens at once for clients that may have them
         * @example code
         */
        ResponseType: "code" | "token" | "id_token" | "id_token token" | "token id_token";
        /**
         * @description One of the client's registered redirect URIs
         * @example https://localhost:3000/signed-in
         */
        RedirectUri: string;
        /**
         * @description What is asked for, separated by spaces (v2.0)
         * @example openid profile offline_access https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp
         */
        Scope: string;
        /**
         * @description What is asked for (v1)
         * @example https://graph.microsoft.com
         */
        Resource: string;
        /**
         * @description Given back as it is
         * @example 42
         */
        State: string;
        /**
         * @description Echoed in the id token; an id token at once needs it
         * @example 7c1b7a0e
         */
        Nonce: string;
        /**
         * @description 1 asks for client_info beside tokens
         * @example 1
         */
        ClientInfo: string;
        /**
         * @description How the answer gets back; when it is not said, a code by query and tokens by fragment
         * @example query
         */
        ResponseMode: "query" | "fragment" | "form_post";
        /**
         * @description none never asks; login and select_account ask even a person who is signed in; consent asks for consent
         * @example select_account
         */
        Prompt: "none" | "login" | "select_account" | "consent" | "create";
        /**
         * @description The user that is expected
         * @example adele@contoso.example
         */
        LoginHint: string;
        /**
         * @description PKCE: the base64url SHA-256 of the verifier
         * @example E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM
         */
        CodeChallenge: string;
        /**
         * @description Only S256
         * @example S256
         */
        CodeChallengeMethod: "S256";
    };
    requestBodies: {
        /** @description The parameters of the sign-in again, and what the person did on the page */
        SignInStep: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["SignInStep"];
            };
        };
        /** @description The code, and what the person did on the page */
        DevicePageStep: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["DevicePageStep"];
            };
        };
    };
    headers: {
        /**
         * @description A new GUID for every request
         * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
         */
        RequestId: string;
        /**
         * @description The client's own GUID, else the request-id
         * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
         */
        ClientRequestIdEcho: string;
        /**
         * @description The service clock
         * @example Fri, 23 Aug 2019 00:25:55 GMT
         */
        Date: string;
        /**
         * @description Any origin may read the answer
         * @example *
         */
        AllowOrigin: "*";
        /**
         * @description As recorded over http, where browsers ignore it; max-age=0 over https
         * @example max-age=31536000
         */
        StrictTransportSecurity: "max-age=31536000" | "max-age=0";
        /**
         * @description Seconds to wait
         * @example 3
         */
        RetryAfter: string;
        /**
         * @description What scripts may read
         * @example x-ms-request-id, client-request-id, Retry-After
         */
        ExposeHeaders: "x-ms-request-id, client-request-id, Retry-After";
        /**
         * @description Keys and places may change with the next start
         * @example no-cache
         */
        DiscoveryCacheControl: "no-cache";
        /**
         * @description Never kept
         * @example no-store
         */
        NoStore: "no-store";
        /**
         * @description The same for the oldest caches
         * @example no-cache
         */
        NoCache: "no-cache";
        /**
         * @description Nothing from outside, no frames; the one script is that of form_post
         * @example default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='; frame-ancestors 'none'; base-uri 'none'
         */
        ContentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='; frame-ancestors 'none'; base-uri 'none'";
        /**
         * @description Codes in addresses are not sent to other sites
         * @example no-referrer
         */
        ReferrerPolicy: "no-referrer";
        /**
         * @description A page is a page
         * @example nosniff
         */
        ContentTypeOptions: "nosniff";
        /**
         * @description The session of this browser
         * @example unsid-session=kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3; Path=/; HttpOnly; SameSite=Lax
         */
        SetCookie: string;
        /**
         * @description The redirect URI with its answer
         * @example https://localhost:3000/signed-in?code=0.AXkA&state=42
         */
        Location: string;
        /**
         * @description The methods that the document declares here
         * @example POST
         */
        Allow: string;
        /**
         * @description Milliseconds the service took
         * @example 364.0911
         */
        Duration: string;
        /**
         * @description JSON with ServerInfo, in the recorded shape
         * @example {"ServerInfo":{"DataCenter":"West Central US","Slice":"SliceC","Ring":"1","ScaleUnit":"001","RoleInstance":"AGSFE_IN_1","ADSiteName":"WCU"}}
         */
        Diagnostic: string;
        /**
         * @description Answers are private
         * @example private
         */
        CacheControl: "private";
        /**
         * @description As recorded, and two more that scripts need
         * @example ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, Retry-After, WWW-Authenticate
         */
        "headers-ExposeHeaders": "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, Retry-After, WWW-Authenticate";
        /**
         * @description How to authenticate
         * @example Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"
         */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getOpenIdConfiguration: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where everything is */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["DiscoveryCacheControl"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["OpenIdConfiguration"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    getOpenIdConfigurationV1: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where everything is */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["DiscoveryCacheControl"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["OpenIdConfiguration"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    getSigningKeys: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Web Key Set */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["DiscoveryCacheControl"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["KeySet"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    getSigningKeysV1: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Web Key Set */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["DiscoveryCacheControl"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["KeySet"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    discoverInstance: {
        parameters: {
            query: {
                /**
                 * @description The version that is asked for
                 * @example 1.1
                 */
                "api-version"?: string;
                /**
                 * @description Whose authority is asked about
                 * @example https://localhost:4281/common/oauth2/v2.0/authorize
                 */
                authorization_endpoint: string;
            };
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This emulator is a cloud of its own */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["DiscoveryCacheControl"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["InstanceDiscovery"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    getUserRealm: {
        parameters: {
            query?: {
                /**
                 * @description The version that is asked for
                 * @example 1.0
                 */
                "api-version"?: string;
            };
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A user principal name
                 * @example adele@contoso.example
                 */
                user: components["parameters"]["RealmUser"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the library does with the password */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["UserRealm"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    getUserRealmV1: {
        parameters: {
            query?: {
                /**
                 * @description The version that is asked for
                 * @example 1.0
                 */
                "api-version"?: string;
            };
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description A user principal name
                 * @example adele@contoso.example
                 */
                user: components["parameters"]["RealmUser"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the library does with the password */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["UserRealm"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    getUserInfo: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The claims of an id token, as far as the token may know them */
            200: {
                headers: {
                    "request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["UserInfo"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    issueToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** @description A grant, and the client that presents it */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grant_type": "client_credentials",
                 *       "client_id": "5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11",
                 *       "client_secret": "contoso-server-secret",
                 *       "scope": "https://graph.microsoft.com/.default"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description A token */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["TokenAnswer"];
                };
            };
            400: components["responses"]["IdentityError"];
            401: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["IdentityError"];
            415: components["responses"]["IdentityError"];
            429: components["responses"]["IdentityThrottled"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    issueTokenV1: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** @description A grant, and the client that presents it */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grant_type": "client_credentials",
                 *       "client_id": "5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11",
                 *       "client_secret": "contoso-server-secret",
                 *       "resource": "https://graph.microsoft.com"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description A token */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["TokenAnswerV1"];
                };
            };
            400: components["responses"]["IdentityError"];
            401: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["IdentityError"];
            415: components["responses"]["IdentityError"];
            429: components["responses"]["IdentityThrottled"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    startDeviceSignIn: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** @description Who asks, and for what */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "client_id": "2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33",
                 *       "scope": "openid https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["DeviceCodeRequest"];
            };
        };
        responses: {
            /** @description A code for the client, and one for the person */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["DeviceCodeAnswer"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["IdentityError"];
            415: components["responses"]["IdentityError"];
            429: components["responses"]["IdentityThrottled"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    startDeviceSignInV1: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description Sent by browsers only: codes of a single-page app are redeemed with it, secrets never (F41)
                 * @example https://localhost:3000
                 */
                Origin?: components["parameters"]["Origin"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** @description Who asks, and for what */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "client_id": "2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33",
                 *       "resource": "https://activity.microsoft.com"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["DeviceCodeRequestV1"];
            };
        };
        responses: {
            /** @description A code for the client, and one for the person */
            200: {
                headers: {
                    "x-ms-request-id": components["headers"]["RequestId"];
                    "client-request-id": components["headers"]["ClientRequestIdEcho"];
                    Date: components["headers"]["Date"];
                    "Cache-Control": components["headers"]["NoStore"];
                    Pragma: components["headers"]["NoCache"];
                    "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["DeviceCodeAnswerV1"];
                };
            };
            400: components["responses"]["IdentityError"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["IdentityError"];
            415: components["responses"]["IdentityError"];
            429: components["responses"]["IdentityThrottled"];
            500: components["responses"]["IdentityFault"];
            503: components["responses"]["IdentityUnavailable"];
        };
    };
    showDevicePage: {
        parameters: {
            query?: {
                /**
                 * @description Fills in the code
                 * @example HJKM-7Q2W
                 */
                user_code?: string;
            };
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
    submitDevicePage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Sent by browsers: a request from a page of another site was not made by the person
                 * @example same-origin
                 */
                "Sec-Fetch-Site"?: components["parameters"]["FetchSite"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody: components["requestBodies"]["DevicePageStep"];
        responses: {
            200: components["responses"]["Page"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["ErrorPage"];
            415: components["responses"]["ErrorPage"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
    authorize: {
        parameters: {
            query: {
                /**
                 * @description The client that asks
                 * @example 8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description A code, or tokens at once for clients that may have them
                 * @example code
                 */
                response_type: components["parameters"]["ResponseType"];
                /**
                 * @description One of the client's registered redirect URIs
                 * @example https://localhost:3000/signed-in
                 */
                redirect_uri: components["parameters"]["RedirectUri"];
                /**
                 * @description What is asked for, separated by spaces (v2.0)
                 * @example openid profile offline_access https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp
                 */
                scope?: components["parameters"]["Scope"];
                /**
                 * @description What is asked for (v1)
                 * @example https://graph.microsoft.com
                 */
                resource?: components["parameters"]["Resource"];
                /**
                 * @description Given back as it is
                 * @example 42
                 */
                state?: components["parameters"]["State"];
                /**
                 * @description Echoed in the id token; an id token at once needs it
                 * @example 7c1b7a0e
                 */
                nonce?: components["parameters"]["Nonce"];
                /**
                 * @description 1 asks for client_info beside tokens
                 * @example 1
                 */
                client_info?: components["parameters"]["ClientInfo"];
                /**
                 * @description How the answer gets back; when it is not said, a code by query and tokens by fragment
                 * @example query
                 */
                response_mode?: components["parameters"]["ResponseMode"];
                /**
                 * @description none never asks; login and select_account ask even a person who is signed in; consent asks for consent
                 * @example select_account
                 */
                prompt?: components["parameters"]["Prompt"];
                /**
                 * @description The user that is expected
                 * @example adele@contoso.example
                 */
                login_hint?: components["parameters"]["LoginHint"];
                /**
                 * @description PKCE: the base64url SHA-256 of the verifier
                 * @example E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM
                 */
                code_challenge?: components["parameters"]["CodeChallenge"];
                /**
                 * @description Only S256
                 * @example S256
                 */
                code_challenge_method?: components["parameters"]["CodeChallengeMethod"];
            };
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            302: components["responses"]["BackToTheClient"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
    submitSignIn: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Sent by browsers: a request from a page of another site was not made by the person
                 * @example same-origin
                 */
                "Sec-Fetch-Site"?: components["parameters"]["FetchSite"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody: components["requestBodies"]["SignInStep"];
        responses: {
            200: components["responses"]["Page"];
            302: components["responses"]["BackToTheClient"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["ErrorPage"];
            415: components["responses"]["ErrorPage"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
    authorizeV1: {
        parameters: {
            query: {
                /**
                 * @description The client that asks
                 * @example 8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description A code, or tokens at once for clients that may have them
                 * @example code
                 */
                response_type: components["parameters"]["ResponseType"];
                /**
                 * @description One of the client's registered redirect URIs
                 * @example https://localhost:3000/signed-in
                 */
                redirect_uri: components["parameters"]["RedirectUri"];
                /**
                 * @description What is asked for, separated by spaces (v2.0)
                 * @example openid profile offline_access https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp
                 */
                scope?: components["parameters"]["Scope"];
                /**
                 * @description What is asked for (v1)
                 * @example https://graph.microsoft.com
                 */
                resource?: components["parameters"]["Resource"];
                /**
                 * @description Given back as it is
                 * @example 42
                 */
                state?: components["parameters"]["State"];
                /**
                 * @description Echoed in the id token; an id token at once needs it
                 * @example 7c1b7a0e
                 */
                nonce?: components["parameters"]["Nonce"];
                /**
                 * @description 1 asks for client_info beside tokens
                 * @example 1
                 */
                client_info?: components["parameters"]["ClientInfo"];
                /**
                 * @description How the answer gets back; when it is not said, a code by query and tokens by fragment
                 * @example query
                 */
                response_mode?: components["parameters"]["ResponseMode"];
                /**
                 * @description none never asks; login and select_account ask even a person who is signed in; consent asks for consent
                 * @example select_account
                 */
                prompt?: components["parameters"]["Prompt"];
                /**
                 * @description The user that is expected
                 * @example adele@contoso.example
                 */
                login_hint?: components["parameters"]["LoginHint"];
                /**
                 * @description PKCE: the base64url SHA-256 of the verifier
                 * @example E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM
                 */
                code_challenge?: components["parameters"]["CodeChallenge"];
                /**
                 * @description Only S256
                 * @example S256
                 */
                code_challenge_method?: components["parameters"]["CodeChallengeMethod"];
            };
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            302: components["responses"]["BackToTheClient"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
    submitSignInV1: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Sent by browsers: a request from a page of another site was not made by the person
                 * @example same-origin
                 */
                "Sec-Fetch-Site"?: components["parameters"]["FetchSite"];
            };
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody: components["requestBodies"]["SignInStep"];
        responses: {
            200: components["responses"]["Page"];
            302: components["responses"]["BackToTheClient"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["ErrorPage"];
            415: components["responses"]["ErrorPage"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
    signOut: {
        parameters: {
            query?: {
                /**
                 * @description Where to go then; a redirect URI of a registered client
                 * @example https://localhost:3000/
                 */
                post_logout_redirect_uri?: components["parameters"]["PostLogoutRedirectUri"];
                /**
                 * @description Given back
                 * @example 42
                 */
                state?: components["parameters"]["SignOutState"];
            };
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            302: components["responses"]["BackToTheClient"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
    signOutV1: {
        parameters: {
            query?: {
                /**
                 * @description Where to go then; a redirect URI of a registered client
                 * @example https://localhost:3000/
                 */
                post_logout_redirect_uri?: components["parameters"]["PostLogoutRedirectUri"];
                /**
                 * @description Given back
                 * @example 42
                 */
                state?: components["parameters"]["SignOutState"];
            };
            header?: never;
            path: {
                /**
                 * @description A tenant ID, a domain of it, common, organizations or consumers
                 * @example contoso.example
                 */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: {
                /**
                 * @description Who is signed in in this browser
                 * @example kT0uWm5p1sVxq2nR8yLdC7hBgJtEaZk3
                 */
                "unsid-session"?: components["parameters"]["Session"];
            };
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            302: components["responses"]["BackToTheClient"];
            400: components["responses"]["ErrorPage"];
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["ErrorPage"];
            503: components["responses"]["ErrorPage"];
        };
    };
}
