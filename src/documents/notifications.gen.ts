// Generated from openapi/notifications.yaml by `npm run generate`; not to be edited.
export interface paths {
    "/beta/me/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a notification to a user
         * @description Stores the notification and fans it out to all of the user's devices that are subscribed for the application.
         */
        post: operations["postNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/beta/users/{user}/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a notification to the user in the path
         * @description The same as for `me`, to the token's own user or, with an app-only token, to the UNSID's user; any other user is 403.
         */
        post: operations["postUserNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/beta/$batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Several requests of the Graph surface in one
         * @description Each is served as if it had come alone, with the headers of the batch unless it has its own: token, X-UNS-ID, media type.
         *     They are served in their order, each after those that it depends on; one whose dependency has failed is 424. The batch
         *     itself needs no token and is not throttled.
         */
        post: operations["postBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own subscriptions */
        get: operations["listSubscriptions"];
        put?: never;
        /** Subscribe a device, or renew its subscription */
        post: operations["createSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client/v1/subscriptions/{unsid}": {
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
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["UnsidInPath"];
            };
            cookie?: never;
        };
        /** One subscription */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        /** Unsubscribe; the UNSID is dead from then on and its socket closes with 4410 */
        delete: operations["deleteSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The history, or what has changed since a cursor
         * @description In feed order, that is the order of the last change. Without `since`: the history, `status=Active` by default, and
         *     the feed's head in `syncCursor`. With `since`: every notification that changed after it, each once in its latest
         *     state, `status=Any` by default. While `more`, repeat with `since=<cursor>` and the same filters spelled out.
         *
         *     A page ends at `$top` notifications, or before: at 4 MiB (`x-max-page-bytes`), counted as the JSON of its
         *     notifications in UTF-8. It has at least one notification, however large, if any is left.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client/v1/notifications/{id}": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own UNSID; it names user, application and originating device
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                "X-UNS-ID": components["parameters"]["OriginUnsid"];
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description The notification's id, as the service gave it
                 * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
                 */
                id: components["parameters"]["NotificationId"];
            };
            cookie?: never;
        };
        /** One notification */
        get: operations["getNotification"];
        put?: never;
        post?: never;
        /** Delete; a tombstone stays until the notification would have expired */
        delete: operations["deleteNotification"];
        options?: never;
        head?: never;
        /** Set read state or user action state; the change goes to the user's other devices */
        patch: operations["updateNotification"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description A platform that devices run on
         * @example iOS
         * @enum {string}
         */
        PlatformType: "Windows" | "iOS" | "Android" | "WebPush";
        /**
         * @description About raw notifications; without it a raw notification is None and a visual one High (D9)
         * @example High
         * @enum {string}
         */
        Priority: "None" | "High" | "Low";
        /**
         * @example Unread
         * @enum {string}
         */
        ReadState: "Unread" | "Read";
        /**
         * @example Dismissed
         * @enum {string}
         */
        UserActionState: "NoInteraction" | "Activated" | "Dismissed" | "Snoozed";
        /**
         * @description What Windows, iOS and Android render
         * @example {
         *       "title": "Build finished",
         *       "body": "main is green"
         *     }
         */
        VisualContent: {
            /** @example Build finished */
            title: string;
            /** @example main is green */
            body?: string;
        };
        /**
         * @description At least one of the two; every member that is given must be valid
         * @example {
         *       "rawContent": "Hello World!"
         *     }
         */
        Payload: {
            /**
             * @description Opaque to the service; goes to all four platforms
             * @example Hello World!
             */
            rawContent?: string;
            visualContent?: components["schemas"]["VisualContent"];
        };
        /**
         * @description A notification to publish. Unknown members are ignored (D6); a wrong type is 400 (D7)
         * @example {
         *       "targetHostName": "contoso.example",
         *       "payload": {
         *         "visualContent": {
         *           "title": "Build finished"
         *         }
         *       }
         *     }
         */
        NotificationRequest: {
            /**
             * @description The application: its cross-device domain, compared without case
             * @example contoso.example
             */
            targetHostName: string;
            /**
             * @description The app server's own id; posting it again updates the notification (D5); the empty string is no id (D29)
             * @example build-42
             */
            appNotificationId?: string | null;
            /** @example builds */
            groupName?: string | null;
            /**
             * Format: date-time
             * @description When the notification leaves store and history; 7 days ahead when it is not sent (F8), at most 30 (F9)
             * @example 2019-08-30T00:25:55.329Z
             */
            expirationDateTime?: string;
            /**
             * @description Seconds, also as a string of digits; 0 means never displayed
             * @example 60
             */
            displayTimeToLive?: number | null;
            priority?: components["schemas"]["Priority"];
            payload: components["schemas"]["Payload"];
            /**
             * @description Filters pushes, not the history; without it all platforms are meant
             * @example {
             *       "platformTypes": [
             *         "Windows",
             *         "iOS"
             *       ],
             *       "endpoints": {
             *         "subscriptions": [
             *           "Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa"
             *         ]
             *       }
             *     }
             */
            targetPolicy?: {
                /**
                 * @description Compared without case; a single one may be sent as plain text
                 * @example [
                 *       "Windows",
                 *       "iOS",
                 *       "Android"
                 *     ]
                 */
                platformTypes?: ("Windows" | "iOS" | "Android" | "WebPush")[];
                /**
                 * @description Single subscriptions of the user, in place of all of these platforms
                 * @example {
                 *       "subscriptions": [
                 *         "Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa"
                 *       ]
                 *     }
                 */
                endpoints?: {
                    /**
                     * @description UNSIDs; one that is not of this user and application is 400
                     * @example [
                     *       "Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa"
                     *     ]
                     */
                    subscriptions?: string[];
                };
            };
            /**
             * @description A toast for iOS devices that have not fetched a high-priority raw notification in time
             * @example {
             *       "endpointFallback": {
             *         "platformTypes": [
             *           "iOS"
             *         ],
             *         "fallbackDelayInSeconds": 120,
             *         "visualContent": {
             *           "title": "Build finished"
             *         }
             *       }
             *     }
             */
            fallbackPolicy?: {
                /**
                 * @example {
                 *       "platformTypes": [
                 *         "iOS"
                 *       ],
                 *       "fallbackDelayInSeconds": 120,
                 *       "visualContent": {
                 *         "title": "Build finished"
                 *       }
                 *     }
                 */
                endpointFallback: {
                    /**
                     * @description A single one may be sent as plain text
                     * @example [
                     *       "iOS"
                     *     ]
                     */
                    platformTypes: "iOS"[];
                    /** @example 120 */
                    fallbackDelayInSeconds: number;
                    visualContent: components["schemas"]["VisualContent"];
                };
            };
        };
        /**
         * @example {
         *       "requests": [
         *         {
         *           "id": "1",
         *           "method": "POST",
         *           "url": "/me/notifications",
         *           "headers": {
         *             "X-UNS-ID": "Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa",
         *             "Content-Type": "application/json"
         *           },
         *           "body": {
         *             "targetHostName": "contoso.example",
         *             "payload": {
         *               "rawContent": "Hello"
         *             }
         *           }
         *         },
         *         {
         *           "id": "2",
         *           "method": "POST",
         *           "url": "/me/notifications",
         *           "dependsOn": [
         *             "1"
         *           ],
         *           "body": {
         *             "targetHostName": "contoso.example",
         *             "payload": {
         *               "rawContent": "Hello again"
         *             }
         *           }
         *         }
         *       ]
         *     }
         */
        BatchRequest: {
            requests: components["schemas"]["BatchedRequest"][];
        };
        /**
         * @example {
         *       "id": "2",
         *       "method": "POST",
         *       "url": "/me/notifications",
         *       "headers": {
         *         "Content-Type": "application/json"
         *       },
         *       "body": {
         *         "targetHostName": "contoso.example",
         *         "payload": {
         *           "rawContent": "Hello"
         *         }
         *       },
         *       "dependsOn": [
         *         "1"
         *       ]
         *     }
         */
        BatchedRequest: {
            /**
             * @description Unique in the batch, without case; its response has it as it was sent
             * @example 1
             */
            id: string;
            /**
             * @example POST
             * @enum {string}
             */
            method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
            /**
             * @description Relative to the version of the API, so that it begins with /me or /users
             * @example /me/notifications
             */
            url: string;
            /**
             * @description In place of those of the batch
             * @example {
             *       "Content-Type": "application/json"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description JSON, or a text where Content-Type is another media type
             * @example {
             *       "targetHostName": "contoso.example",
             *       "payload": {
             *         "rawContent": "Hello"
             *       }
             *     }
             */
            body?: unknown;
            /**
             * @description Ids of requests of the batch
             * @example [
             *       "1"
             *     ]
             */
            dependsOn?: string[];
        };
        /**
         * @example {
         *       "responses": [
         *         {
         *           "id": "1",
         *           "status": 404,
         *           "headers": {
         *             "Content-Type": "application/json"
         *           }
         *         }
         *       ]
         *     }
         */
        BatchResponse: {
            responses: components["schemas"]["BatchedResponse"][];
        };
        /**
         * @example {
         *       "id": "1",
         *       "status": 404,
         *       "headers": {
         *         "Content-Type": "application/json"
         *       },
         *       "body": {
         *         "error": {
         *           "code": "NotFound",
         *           "message": "There is no operation at /beta/me."
         *         }
         *       }
         *     }
         */
        BatchedResponse: {
            /** @example 1 */
            id: string;
            /** @example 201 */
            status: number;
            /**
             * @example {
             *       "Content-Type": "application/json"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description The body of that response
             * @example {
             *       "error": {
             *         "code": "NotFound",
             *         "message": "There is no operation at /beta/me."
             *       }
             *     }
             */
            body?: unknown;
        };
        /**
         * @description Exactly these members; rawContent is not echoed
         * @example {
         *       "@odata.context": "https://graph.microsoft.com/beta/$metadata#users('gnstest%40contoso.com')/notifications/$entity",
         *       "displayTimeToLive": 59,
         *       "expirationDateTime": "2019-08-30T00:25:55.329Z",
         *       "groupName": null,
         *       "id": "3407d93c-77f7-4bc0-8fbf-46221a7bed72",
         *       "priority": "High",
         *       "payload": {}
         *     }
         */
        NotificationResponse: {
            /**
             * Format: uri
             * @example https://graph.microsoft.com/beta/$metadata#users('gnstest%40contoso.com')/notifications/$entity
             */
            "@odata.context": string;
            /**
             * @description Remaining seconds, floored
             * @example 59
             */
            displayTimeToLive: number | null;
            /**
             * Format: date-time
             * @example 2019-08-30T00:25:55.329Z
             */
            expirationDateTime: string;
            /** @example null */
            groupName: string | null;
            /**
             * Format: uuid
             * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
             */
            id: string;
            priority: components["schemas"]["Priority"];
            /** @example {} */
            payload: {
                visualContent?: components["schemas"]["VisualContent"];
                /** @description Never echoed */
                rawContent?: unknown;
            };
        };
        /**
         * @example {
         *       "application": "contoso.example",
         *       "deviceId": "adele-phone",
         *       "platform": "iOS"
         *     }
         */
        SubscriptionRequest: {
            /**
             * @description The host name of the application, compared without case
             * @example contoso.example
             */
            application: string;
            /**
             * @description Chosen by the client; the same one renews
             * @example adele-phone
             */
            deviceId: string;
            platform: components["schemas"]["PlatformType"];
            /**
             * @description For analytics
             * @example Adele's phone
             */
            displayName?: string | null;
        };
        /**
         * @example {
         *       "userNotificationSubscriptionId": "Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa",
         *       "application": "contoso.example",
         *       "deviceId": "adele-phone",
         *       "platform": "iOS",
         *       "displayName": null,
         *       "expirationDateTime": "2019-09-22T00:25:55.329Z",
         *       "socketUrl": "ws://127.0.0.1:4280/client/v1/socket"
         *     }
         */
        Subscription: {
            /**
             * @description The UNSID: opaque, URL-safe, at least 128 random bits
             * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
             */
            userNotificationSubscriptionId: string;
            /** @example contoso.example */
            application: string;
            /** @example adele-phone */
            deviceId: string;
            platform: components["schemas"]["PlatformType"];
            /** @example null */
            displayName: string | null;
            /**
             * Format: date-time
             * @example 2019-09-22T00:25:55.329Z
             */
            expirationDateTime: string;
            /**
             * Format: uri
             * @description Where the device socket is: `unsid` is set in its query, which may have it already (docs/devices.md)
             * @example ws://127.0.0.1:4280/client/v1/socket
             */
            socketUrl: string;
        };
        /**
         * @example {
         *       "value": []
         *     }
         */
        SubscriptionList: {
            value: components["schemas"]["Subscription"][];
        };
        /**
         * @description A notification as a client sees it
         * @example {
         *       "id": "3407d93c-77f7-4bc0-8fbf-46221a7bed72",
         *       "application": "contoso.example",
         *       "status": "Deleted",
         *       "creationDateTime": "2019-08-23T00:25:55.329Z",
         *       "lastModifiedDateTime": "2019-08-23T00:26:01.000Z",
         *       "expirationDateTime": "2019-08-30T00:25:55.329Z"
         *     }
         */
        ClientNotification: components["schemas"]["ActiveNotification"] | components["schemas"]["Tombstone"];
        /**
         * @example {
         *       "id": "3407d93c-77f7-4bc0-8fbf-46221a7bed72",
         *       "application": "contoso.example",
         *       "appNotificationId": "build-42",
         *       "groupName": null,
         *       "priority": "High",
         *       "payload": {
         *         "visualContent": {
         *           "title": "Build finished",
         *           "body": "main is green"
         *         }
         *       },
         *       "displayTimeToLive": null,
         *       "creationDateTime": "2019-08-23T00:25:55.329Z",
         *       "lastModifiedDateTime": null,
         *       "expirationDateTime": "2019-08-30T00:25:55.329Z",
         *       "status": "Active",
         *       "readState": "Unread",
         *       "userActionState": "NoInteraction"
         *     }
         */
        ActiveNotification: {
            /**
             * Format: uuid
             * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
             */
            id: string;
            /** @example contoso.example */
            application: string;
            /** @example build-42 */
            appNotificationId: string | null;
            /** @example null */
            groupName: string | null;
            priority: components["schemas"]["Priority"];
            payload: components["schemas"]["Payload"];
            /**
             * @description Remaining seconds; 0 means no longer to be displayed
             * @example 59
             */
            displayTimeToLive: number | null;
            /**
             * Format: date-time
             * @example 2019-08-23T00:25:55.329Z
             */
            creationDateTime: string;
            /**
             * Format: date-time
             * @description null until modified
             * @example null
             */
            lastModifiedDateTime: string | null;
            /**
             * Format: date-time
             * @example 2019-08-30T00:25:55.329Z
             */
            expirationDateTime: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "Active";
            readState: components["schemas"]["ReadState"];
            userActionState: components["schemas"]["UserActionState"];
        };
        /**
         * @description What is left of a deleted notification until it would have expired
         * @example {
         *       "id": "3407d93c-77f7-4bc0-8fbf-46221a7bed72",
         *       "application": "contoso.example",
         *       "status": "Deleted",
         *       "creationDateTime": "2019-08-23T00:25:55.329Z",
         *       "lastModifiedDateTime": "2019-08-23T00:26:01.000Z",
         *       "expirationDateTime": "2019-08-30T00:25:55.329Z"
         *     }
         */
        Tombstone: {
            /**
             * Format: uuid
             * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
             */
            id: string;
            /** @example contoso.example */
            application: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            status: "Deleted";
            /** @description Nothing of it is kept */
            payload?: unknown;
            /**
             * Format: date-time
             * @example 2019-08-23T00:25:55.329Z
             */
            creationDateTime: string;
            /**
             * Format: date-time
             * @example 2019-08-23T00:26:01.000Z
             */
            lastModifiedDateTime: string;
            /**
             * Format: date-time
             * @example 2019-08-30T00:25:55.329Z
             */
            expirationDateTime: string;
        };
        /**
         * @example {
         *       "value": [],
         *       "cursor": "c1.Qm0xZkJ3.0",
         *       "more": false,
         *       "syncCursor": "c1.Qm0xZkJ3.0"
         *     }
         */
        NotificationPage: {
            value: components["schemas"]["ClientNotification"][];
            /**
             * @description The last position examined
             * @example c1.Qm0xZkJ3.2s
             */
            cursor: string;
            /** @example false */
            more: boolean;
            /**
             * @description The feed's head at that moment; only without since
             * @example c1.Qm0xZkJ3.2s
             */
            syncCursor?: string;
        };
        /**
         * @example {
         *       "readState": "Read"
         *     }
         */
        NotificationUpdate: {
            readState?: components["schemas"]["ReadState"];
            userActionState?: components["schemas"]["UserActionState"];
        };
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
    };
    responses: {
        /** @description Stored; fan-out follows (also an update by D5) */
        NotificationCreated: {
            headers: {
                "OData-Version": components["headers"]["ODataVersion"];
                Location: components["headers"]["Location"];
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
                "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8": components["schemas"]["NotificationResponse"];
            };
        };
        /** @description A new subscription */
        SubscriptionCreated: {
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
                "application/json;charset=utf-8": components["schemas"]["Subscription"];
            };
        };
        /** @description Renewed; same UNSID, new expiry, same position in the feed */
        SubscriptionRenewed: {
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
                "application/json;charset=utf-8": components["schemas"]["Subscription"];
            };
        };
        /** @description The subscription */
        SubscriptionFound: {
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
                "application/json;charset=utf-8": components["schemas"]["Subscription"];
            };
        };
        /** @description The caller's own subscriptions */
        SubscriptionList: {
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
                "application/json;charset=utf-8": components["schemas"]["SubscriptionList"];
            };
        };
        /** @description A page in feed order */
        NotificationPage: {
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
                "application/json;charset=utf-8": components["schemas"]["NotificationPage"];
            };
        };
        /** @description The notification in its present state */
        NotificationFound: {
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
                "application/json;charset=utf-8": components["schemas"]["ActiveNotification"];
            };
        };
        /** @description The response of each request, whatever became of it */
        BatchServed: {
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
                "application/json": components["schemas"]["BatchResponse"];
            };
        };
        /** @description Done */
        NoContent: {
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
            content?: never;
        };
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
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
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
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
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
        /** @description No such route or resource; another user's gets the same answer */
        NotFound: {
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
                 *         "code": "NotFound",
                 *         "message": "There is no such resource.",
                 *         "innerError": {
                 *           "code": "UnknownRoute",
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
                        code?: "NotFound";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "UnknownRoute" | "UnknownResource";
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
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
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
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
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
        /** @description The device is subscribed with another platform */
        Conflict: {
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
                 *         "code": "Conflict",
                 *         "message": "The device is subscribed as iOS.",
                 *         "innerError": {
                 *           "code": "PlatformChanged",
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
                        code?: "Conflict";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "PlatformChanged";
                        };
                    };
                };
            };
        };
        /** @description The cursor is unknown; read the history again */
        Gone: {
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
                 *         "code": "Gone",
                 *         "message": "The cursor is unknown.",
                 *         "innerError": {
                 *           "code": "CursorUnknown",
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
                        code?: "Gone";
                        innerError?: {
                            /** @enum {unknown} */
                            code?: "CursorUnknown";
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
         * @description The UNSID that names the user; required with an app-only token, optional with a user token
         * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
         */
        TargetUnsid: string;
        /**
         * @description The caller's own UNSID; it names user, application and originating device
         * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
         */
        OriginUnsid: string;
        /**
         * @description Echoed when it is a GUID, else ignored
         * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
         */
        ClientRequestId: string;
        /**
         * @description gzip and deflate (zlib or raw) bodies are read
         * @example gzip
         */
        ContentEncoding: "identity" | "gzip" | "deflate";
        /** @description Must not be sent */
        NoIfModifiedSince: unknown;
        /** @description Must not be sent */
        NoIfRange: unknown;
        /**
         * @description The user's id or user principal name, compared without case
         * @example adele@contoso.example
         */
        UserInPath: string;
        /**
         * @description The UNSID of the subscription
         * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
         */
        UnsidInPath: string;
        /**
         * @description The notification's id, as the service gave it
         * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
         */
        NotificationId: string;
        /**
         * @description A cursor from a list or from the device socket; an unknown one is 410
         * @example c1.Qm0xZkJ3.2s
         */
        Since: string;
        /**
         * @description Default Active without `since`, Any with it
         * @example Any
         */
        Status: "Active" | "Deleted" | "Any";
        /**
         * @description Only notifications in this read state
         * @example Unread
         */
        ReadState: components["schemas"]["ReadState"];
        /**
         * @description Only notifications in this action state
         * @example NoInteraction
         */
        UserActionState: components["schemas"]["UserActionState"];
        /**
         * @description The largest number of notifications in the page; a page may have fewer although there is `more` (D25)
         * @example 50
         */
        Top: number;
    };
    requestBodies: never;
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
         * @description Any origin may read the answer
         * @example *
         */
        AllowOrigin: "*";
        /**
         * @description As recorded, and two more that scripts need
         * @example ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, Retry-After, WWW-Authenticate
         */
        ExposeHeaders: "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, Retry-After, WWW-Authenticate";
        /**
         * @description The OData version
         * @example 4.0
         */
        ODataVersion: "4.0";
        /**
         * @description Under activities, not notifications: so did the real service
         * @example https://graph.microsoft.com/beta/me/activities/3407d93c-77f7-4bc0-8fbf-46221a7bed72
         */
        Location: string;
        /**
         * @description How to authenticate
         * @example Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"
         */
        WwwAuthenticate: string;
        /**
         * @description The methods that the document declares here
         * @example POST
         */
        Allow: string;
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
    postNotification: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The UNSID that names the user; required with an app-only token, optional with a user token
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                "X-UNS-ID"?: components["parameters"]["TargetUnsid"];
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
                /** @description Must not be sent */
                "If-Modified-Since"?: components["parameters"]["NoIfModifiedSince"];
                /** @description Must not be sent */
                "If-Range"?: components["parameters"]["NoIfRange"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The notification (D13 limits its size) */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationRequest"];
            };
        };
        responses: {
            201: components["responses"]["NotificationCreated"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    postUserNotification: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The UNSID that names the user; required with an app-only token, optional with a user token
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                "X-UNS-ID"?: components["parameters"]["TargetUnsid"];
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
                /** @description Must not be sent */
                "If-Modified-Since"?: components["parameters"]["NoIfModifiedSince"];
                /** @description Must not be sent */
                "If-Range"?: components["parameters"]["NoIfRange"];
            };
            path: {
                /**
                 * @description The user's id or user principal name, compared without case
                 * @example adele@contoso.example
                 */
                user: components["parameters"]["UserInPath"];
            };
            cookie?: never;
        };
        /** @description The notification (D13 limits its size) */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationRequest"];
            };
        };
        responses: {
            201: components["responses"]["NotificationCreated"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    postBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The requests */
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            200: components["responses"]["BatchServed"];
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSubscriptions: {
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
            200: components["responses"]["SubscriptionList"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createSubscription: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Which device subscribes for which application */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "application": "contoso.example",
                 *       "deviceId": "adele-phone",
                 *       "platform": "iOS",
                 *       "displayName": "Adele's phone"
                 *     }
                 */
                "application/json": components["schemas"]["SubscriptionRequest"];
            };
        };
        responses: {
            200: components["responses"]["SubscriptionRenewed"];
            201: components["responses"]["SubscriptionCreated"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSubscription: {
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
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["UnsidInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SubscriptionFound"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteSubscription: {
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
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["UnsidInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /**
                 * @description A cursor from a list or from the device socket; an unknown one is 410
                 * @example c1.Qm0xZkJ3.2s
                 */
                since?: components["parameters"]["Since"];
                /**
                 * @description Default Active without `since`, Any with it
                 * @example Any
                 */
                status?: components["parameters"]["Status"];
                /**
                 * @description Only notifications in this read state
                 * @example Unread
                 */
                readState?: components["parameters"]["ReadState"];
                /**
                 * @description Only notifications in this action state
                 * @example NoInteraction
                 */
                userActionState?: components["parameters"]["UserActionState"];
                /**
                 * @description The largest number of notifications in the page; a page may have fewer although there is `more` (D25)
                 * @example 50
                 */
                $top?: components["parameters"]["Top"];
            };
            header: {
                /**
                 * @description The caller's own UNSID; it names user, application and originating device
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                "X-UNS-ID": components["parameters"]["OriginUnsid"];
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
            200: components["responses"]["NotificationPage"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getNotification: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own UNSID; it names user, application and originating device
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                "X-UNS-ID": components["parameters"]["OriginUnsid"];
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description The notification's id, as the service gave it
                 * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
                 */
                id: components["parameters"]["NotificationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["NotificationFound"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteNotification: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own UNSID; it names user, application and originating device
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                "X-UNS-ID": components["parameters"]["OriginUnsid"];
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
            };
            path: {
                /**
                 * @description The notification's id, as the service gave it
                 * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
                 */
                id: components["parameters"]["NotificationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateNotification: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The caller's own UNSID; it names user, application and originating device
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                "X-UNS-ID": components["parameters"]["OriginUnsid"];
                /**
                 * @description Echoed when it is a GUID, else ignored
                 * @example 1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11
                 */
                "client-request-id"?: components["parameters"]["ClientRequestId"];
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path: {
                /**
                 * @description The notification's id, as the service gave it
                 * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
                 */
                id: components["parameters"]["NotificationId"];
            };
            cookie?: never;
        };
        /** @description The states to set, at least one */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userActionState": "Dismissed"
                 *     }
                 */
                "application/json": components["schemas"]["NotificationUpdate"];
            };
        };
        responses: {
            200: components["responses"]["NotificationFound"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
