// Generated from openapi/devices.asyncapi.yaml by `npm run generate`; not to be edited.
export type paths = Record<string, never>;
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
        /**
         * @description A notification. One item of which a required member has another type makes the client give up the whole answer
         * @example {
         *       "activityId": "3407d93c-77f7-4bc0-8fbf-46221a7bed72",
         *       "appActivityId": "build-42",
         *       "tags": "builds",
         *       "applicationId": [
         *         {
         *           "platform": "host",
         *           "application": "contoso.example"
         *         }
         *       ],
         *       "type": 13,
         *       "status": 0,
         *       "priority": 1,
         *       "read": false,
         *       "userActionState": 0,
         *       "displayTtl": 60,
         *       "createdInCloud": "2019-08-23T00:25:55.329Z",
         *       "lastModified": null,
         *       "expiration": "2019-08-30T00:25:55.329Z",
         *       "payload": "eyJ0aXRsZSI6IlQiLCJib2R5IjoiQiJ9"
         *     }
         */
        Activity: {
            /**
             * Format: uuid
             * @description The notification's id
             * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
             */
            activityId: string;
            /**
             * @description The appNotificationId
             * @example build-42
             */
            appActivityId: string | null;
            /**
             * @description The groupName
             * @example builds
             */
            tags: string | null;
            /**
             * @description The host name of the application
             * @example [
             *       {
             *         "platform": "host",
             *         "application": "contoso.example"
             *       }
             *     ]
             */
            applicationId: {
                /**
                 * @example host
                 * @constant
                 */
                platform: "host";
                /** @example contoso.example */
                application: string;
            }[];
            /**
             * @description A notification
             * @example 13
             * @enum {integer}
             */
            type: 13;
            /**
             * @description Active, updated (it has changed since its creation), deleted
             * @example 0
             * @enum {integer}
             */
            status: 0 | 1 | 2;
            /**
             * @description None, High, Low
             * @example 1
             * @enum {integer}
             */
            priority: 0 | 1 | 2;
            /** @example false */
            read: boolean;
            /**
             * @description None, activated, dismissed, snoozed
             * @example 0
             * @enum {integer}
             */
            userActionState: 0 | 1 | 2 | 3;
            /**
             * @description Remaining seconds; 0 also when there is none
             * @example 60
             */
            displayTtl: number;
            /**
             * Format: date-time
             * @example 2019-08-23T00:25:55.329Z
             */
            createdInCloud: string;
            /**
             * Format: date-time
             * @description null until modified
             * @example null
             */
            lastModified: string | null;
            /**
             * Format: date-time
             * @example 2019-08-30T00:25:55.329Z
             */
            expiration: string;
            /**
             * @description Base64 of UTF-8 JSON with title and body, or content, or all three; null when the item is deleted
             * @example eyJ0aXRsZSI6IlQiLCJib2R5IjoiQiJ9
             */
            payload: string | null;
        };
        /**
         * @description The change is embedded, or only announced
         * @example afsChange
         * @enum {string}
         */
        ChangeType: "afsChange" | "afsChangeNotification";
        /**
         * @description The tag that the device was last sent, "" before the first
         * @example
         */
        BaseETag: string;
        /**
         * @description The tag after the change
         * @example c1.Qm0xZkJ3.2s
         */
        NewETag: string;
        /**
         * @description Named again by the fetch that follows
         * @example Qm0xZkJ3.100
         */
        CorrelationVector: string;
        /** @description The five members */
        PushText: {
            changeType: components["schemas"]["ChangeType"];
            baseETag: components["schemas"]["BaseETag"];
            newETag: components["schemas"]["NewETag"];
            cV: components["schemas"]["CorrelationVector"];
            /** @description The item, or nothing */
            activities: components["schemas"]["Activity"][];
        };
        FcmMessage: {
            data: {
                changeType: components["schemas"]["ChangeType"];
                baseETag: components["schemas"]["BaseETag"];
                newETag: components["schemas"]["NewETag"];
                cV: components["schemas"]["CorrelationVector"];
                /** @description The array as JSON text */
                activities: string;
            };
        };
        ApnsUserInfo: {
            aps: {
                /**
                 * @description The app is woken
                 * @enum {integer}
                 */
                "content-available": 1;
                alert?: components["schemas"]["Alert"];
            };
            changeType: components["schemas"]["ChangeType"];
            baseETag: components["schemas"]["BaseETag"];
            newETag: components["schemas"]["NewETag"];
            cV: components["schemas"]["CorrelationVector"];
            /** @description The item, or nothing */
            activities: components["schemas"]["Activity"][];
        };
        /**
         * @description The toast of a fallback; without it the push is silent
         * @example {
         *       "title": "Build finished",
         *       "body": "Open the app to see it"
         *     }
         */
        Alert: {
            title: string;
            body?: string;
        };
        /**
         * @description Opaque; compared for equality only; list and socket share them
         * @example c1.Qm0xZkJ3.2s
         */
        Cursor: string;
        /** @description The cursor is the position that the device is served from */
        Connected: {
            /** @constant */
            type: "connected";
            unsid: string;
            deviceId: string;
            cursor: components["schemas"]["Cursor"];
            /** @description false: the position is unknown, refetch */
            resumed: boolean;
            heartbeatSeconds: number;
        };
        NotificationMessage: {
            /** @constant */
            type: "notification";
            /**
             * @description Relative to the position served from
             * @enum {string}
             */
            change: "created" | "updated" | "deleted";
            cursor: components["schemas"]["Cursor"];
            /** @description As in a list */
            notification: components["schemas"]["ActiveNotification"] | components["schemas"]["Tombstone"];
        };
        Signal: {
            /** @constant */
            type: "signal";
            cursor: components["schemas"]["Cursor"];
        };
        Toast: {
            /** @constant */
            type: "toast";
            cursor: components["schemas"]["Cursor"];
            /** Format: uuid */
            notificationId: string;
            visualContent: components["schemas"]["VisualContent"];
            /** @constant */
            reason: "fallback";
        };
        ErrorMessage: {
            /** @constant */
            type: "error";
            error: {
                /** @enum {string} */
                code: "InvalidMessage" | "CursorUnknown";
                message: string;
            };
        };
        Ack: {
            /** @constant */
            type: "ack";
            cursor: components["schemas"]["Cursor"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
