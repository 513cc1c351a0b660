// Generated from openapi/control.yaml by `npm run generate`; not to be edited.
export interface paths {
    "/_emulator/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ready, since when, and what the service clock says */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_emulator/v1/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget all subscriptions and notifications, and set the clock back to real time; sockets close with 4410 */
        post: operations["resetEmulator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_emulator/v1/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the service clock forward; what falls due on the way runs in order, each at its own instant */
        post: operations["advanceClock"];
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
         *       "status": "ready",
         *       "version": "0.1.0",
         *       "now": "2019-08-23T00:25:55.329Z",
         *       "startedDateTime": "2019-08-23T00:00:00.000Z",
         *       "notifications": 3,
         *       "subscriptions": 4,
         *       "connections": 4
         *     }
         */
        Health: {
            /**
             * @example ready
             * @constant
             */
            status: "ready";
            /** @example 0.1.0 */
            version: string;
            /**
             * Format: date-time
             * @description The service clock
             * @example 2019-08-23T00:25:55.329Z
             */
            now: string;
            /**
             * Format: date-time
             * @example 2019-08-23T00:00:00.000Z
             */
            startedDateTime: string;
            /**
             * @description Stored, tombstones included
             * @example 3
             */
            notifications: number;
            /** @example 4 */
            subscriptions: number;
            /** @example 4 */
            connections: number;
        };
        /**
         * @example {
         *       "seconds": 3600
         *     }
         */
        ClockAdvance: {
            /**
             * @description Seconds, fractions allowed; at most a year a call
             * @example 3600
             */
            seconds: number;
        };
        /**
         * @example {
         *       "now": "2019-08-23T01:25:55.329Z"
         *     }
         */
        ClockReading: {
            /**
             * Format: date-time
             * @example 2019-08-23T01:25:55.329Z
             */
            now: string;
        };
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
        /** @description The request does not keep the contract */
        BadRequest: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "BadRequest",
                 *         "message": "/payload: is required",
                 *         "innerError": {
                 *           "code": "InvalidBody",
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
                        code?: "BadRequest";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "InvalidBody" | "InvalidJson" | "BodyIsArray" | "InvalidParameter" | "UnsupportedHeader" | "MissingUnsid" | "CorruptEncoding";
                        };
                    };
                };
            };
        };
        /** @description The body is over the limit, as sent or decompressed */
        ContentTooLarge: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "RequestEntityTooLarge",
                 *         "message": "The body is larger than 4194304 bytes.",
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
                        code?: "RequestEntityTooLarge";
                    };
                };
            };
        };
        /** @description Content-Type or Content-Encoding is missing or not supported */
        UnsupportedMediaType: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                "client-request-id": components["headers"]["ClientRequestIdEcho"];
                Date: components["headers"]["Date"];
                Duration: components["headers"]["Duration"];
                "x-ms-ags-diagnostic": components["headers"]["Diagnostic"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Strict-Transport-Security": components["headers"]["StrictTransportSecurity"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": {
                 *         "code": "UnsupportedMediaType",
                 *         "message": "Content-Type must be application/json.",
                 *         "innerError": {
                 *           "code": "ContentType",
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
                        code?: "UnsupportedMediaType";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "ContentType" | "ContentEncoding";
                        };
                    };
                };
            };
        };
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
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
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
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
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
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
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
         * @description gzip and deflate (zlib or raw) bodies are read
         * @example gzip
         */
        ContentEncoding: "identity" | "gzip" | "deflate";
    };
    requestBodies: never;
    headers: {
        /**
         * @description A new GUID for every request
         * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
         */
        RequestId: string;
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
         * @description Never cached
         * @example no-store
         */
        NoStore: "no-store";
        /**
         * @description The methods that the document declares here
         * @example POST
         */
        Allow: string;
        /**
         * @description The client's own GUID, else the request-id
         * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
         */
        ClientRequestIdEcho: string;
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
         * @description As recorded over http, where browsers ignore it; max-age=0 over https
         * @example max-age=31536000
         */
        StrictTransportSecurity: "max-age=31536000" | "max-age=0";
        /**
         * @description As recorded, and two more that scripts need
         * @example ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, Retry-After, WWW-Authenticate
         */
        ExposeHeaders: "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, Retry-After, WWW-Authenticate";
        /**
         * @description Seconds to wait
         * @example 3
         */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The emulator is ready */
            200: {
                headers: {
                    "request-id": components["headers"]["RequestId"];
                    Date: components["headers"]["Date"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["Health"];
                };
            };
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resetEmulator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The emulator is as it was at its start */
            204: {
                headers: {
                    "request-id": components["headers"]["RequestId"];
                    Date: components["headers"]["Date"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            405: components["responses"]["MethodNotAllowed"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    advanceClock: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description How far */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClockAdvance"];
            };
        };
        responses: {
            /** @description The clock stands at its new time, and all that fell due is done */
            200: {
                headers: {
                    "request-id": components["headers"]["RequestId"];
                    Date: components["headers"]["Date"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json;charset=utf-8": components["schemas"]["ClockReading"];
                };
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
