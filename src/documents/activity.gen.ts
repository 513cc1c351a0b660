// Generated from openapi/activity.yaml by `npm run generate`; not to be edited.
export interface paths {
    "/v1/feeds/me/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own subscriptions */
        get: operations["listActivitySubscriptions"];
        put?: never;
        /**
         * Subscribe a device, or renew its subscription
         * @description The same device ID renews, and the UNSID stays. The application is that of the token's client, else the host that appPackageName names.
         */
        post: operations["createActivitySubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/me/subscriptions/{unsid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["Unsid"];
            };
            cookie?: never;
        };
        /** One of the caller's subscriptions, in a list of one */
        get: operations["getActivitySubscription"];
        put?: never;
        post?: never;
        /** Unsubscribe */
        delete: operations["deleteActivitySubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/feeds/me/views/{unsid}/activities": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["Unsid"];
            };
            cookie?: never;
        };
        /**
         * The whole view of a subscription in one answer, deleted items included
         * @description The query of the client names a page size, which is not applied, and two instants that are the least and the greatest of its date library.
         */
        get: operations["listViewActivities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/feeds/me/activities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The activityId of an item, or else its appActivityId
                 * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
                 */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete; the item stays in the view with status 2 until it would have expired */
        delete: operations["deleteActivity"];
        options?: never;
        head?: never;
        /**
         * Set read state or user action state
         * @description No device is named, so the change is pushed to all of the user's devices.
         */
        patch: operations["updateActivity"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Unknown members are ignored
         * @example {
         *       "crossPlatformChannelData": {
         *         "platformType": "gcm",
         *         "appPackageName": "contoso.example",
         *         "pushToken": "fcm:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx",
         *         "appDisplayName": "Contoso"
         *       },
         *       "deviceId": "dds:5f2b8c1e-6f0e-4b51-9a3c-2d8a7c0e4b11",
         *       "publisherFilters": [
         *         {
         *           "application": "*",
         *           "activityTypes": [
         *             13
         *           ]
         *         }
         *       ]
         *     }
         */
        SubscriptionRequest: {
            /**
             * @description Made by the client, `dds:` and a GUID; the same one renews
             * @example dds:5f2b8c1e-6f0e-4b51-9a3c-2d8a7c0e4b11
             */
            deviceId: string;
            /**
             * @description The WNS channel of a Windows device; not used
             * @example https://db5.notify.windows.com/?token=AwYAAAC8
             */
            channelUrl?: string;
            /**
             * @description The push channel of any other platform; without it the device is a Windows one
             * @example {
             *       "platformType": "gcm",
             *       "appPackageName": "contoso.example",
             *       "pushToken": "fcm:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx",
             *       "appDisplayName": "Contoso"
             *     }
             */
            crossPlatformChannelData?: {
                /**
                 * @description gcm alone is known
                 * @example gcm
                 * @enum {string}
                 */
                platformType: "gcm" | "fcm" | "android" | "apns" | "ios" | "wns" | "windows" | "webpush";
                /**
                 * @description On Android the sender ID of FCM, elsewhere the host name of the application
                 * @example contoso.example
                 */
                appPackageName?: string;
                /**
                 * @description The push service's own name of the device; not used
                 * @example fcm:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx
                 */
                pushToken?: string;
                /**
                 * @description For analytics
                 * @example Contoso
                 */
                appDisplayName?: string;
            };
            /**
             * @description Activities of type 13 of every application; not used, because there are no others
             * @example [
             *       {
             *         "application": "*",
             *         "activityTypes": [
             *           13
             *         ]
             *       }
             *     ]
             */
            publisherFilters?: Record<string, never>[];
        };
        /**
         * @example {
         *       "userNotificationSubscriptionId": "Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa",
         *       "deviceId": "dds:5f2b8c1e-6f0e-4b51-9a3c-2d8a7c0e4b11",
         *       "applicationId": "contoso.example",
         *       "applicationIdFromTicket": "contoso.example",
         *       "channelUrlExpiry": "2019-09-22T00:25:55.329Z",
         *       "crossPlatformChannelData": {
         *         "platformType": "gcm",
         *         "appDisplayName": "Contoso"
         *       }
         *     }
         */
        Subscription: {
            /**
             * @description The UNSID; without an equals sign, at which the client would cut it
             * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
             */
            userNotificationSubscriptionId: string;
            /** @example dds:5f2b8c1e-6f0e-4b51-9a3c-2d8a7c0e4b11 */
            deviceId: string;
            /**
             * @description The host name of the application
             * @example contoso.example
             */
            applicationId: string;
            /**
             * @description The same
             * @example contoso.example
             */
            applicationIdFromTicket: string;
            /**
             * Format: date-time
             * @description The end of the subscription
             * @example 2019-09-22T00:25:55.329Z
             */
            channelUrlExpiry: string;
            /**
             * @description What is kept of the push channel
             * @example {
             *       "platformType": "gcm",
             *       "appDisplayName": "Contoso"
             *     }
             */
            crossPlatformChannelData: {
                /**
                 * @example gcm
                 * @enum {string}
                 */
                platformType: "gcm" | "apns" | "wns" | "webpush";
                /** @example Contoso */
                appDisplayName: string | null;
            };
        };
        /**
         * @example {
         *       "__metadata": {
         *         "totalCount": 0
         *       },
         *       "subscriptions": []
         *     }
         */
        SubscriptionList: {
            /**
             * @example {
             *       "totalCount": 0
             *     }
             */
            __metadata: {
                /** @example 0 */
                totalCount: number;
            };
            /** @example [] */
            subscriptions: components["schemas"]["Subscription"][];
        };
        /**
         * @description Never with a forwardLink, which makes the client ask again without end
         * @example {
         *       "__metadata": {
         *         "totalCount": 0,
         *         "initialETag": "c1.Qm0xZkJ3.0"
         *       },
         *       "activities": []
         *     }
         */
        View: {
            /**
             * @example {
             *       "totalCount": 0,
             *       "initialETag": "c1.Qm0xZkJ3.0"
             *     }
             */
            __metadata: {
                /** @example 0 */
                totalCount: number;
                /**
                 * @description The tag of the view
                 * @example c1.Qm0xZkJ3.2s
                 */
                initialETag: string;
                /** @description Never sent */
                forwardLink?: unknown;
            };
            /** @example [] */
            activities: components["schemas"]["Activity"][];
        };
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
         * @description The client sends one of the two; unknown members are ignored
         * @example {
         *       "read": true
         *     }
         * @example {
         *       "userActionState": 2
         *     }
         */
        ActivityUpdate: {
            /** @example true */
            read?: boolean;
            /**
             * @description None, activated, dismissed, snoozed
             * @example 2
             * @enum {integer}
             */
            userActionState?: 0 | 1 | 2 | 3;
        };
        /**
         * @description The error body of the activity feed service
         * @example {
         *       "errorCode": 404,
         *       "errorMessage": "There is no such subscription."
         *     }
         */
        Error: {
            /**
             * @description The HTTP status
             * @example 404
             */
            errorCode: number;
            /** @example There is no such subscription. */
            errorMessage: string;
        };
    };
    responses: {
        /** @description Subscribed, or renewed */
        SubscriptionRenewed: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["Subscription"];
            };
        };
        /** @description The caller's own subscriptions, or the one that was asked for */
        SubscriptionList: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["SubscriptionList"];
            };
        };
        /** @description The whole view; empty when the tag of If-None-Match is the present one, because a 304 is a failure to the client */
        View: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["View"];
            };
        };
        /** @description Done */
        NoContent: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The call is refused, or the service has failed */
        ActivityError: {
            headers: {
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["Error"];
            };
        };
        /** @description No usable token */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["Error"];
            };
        };
        /** @description The document declares no such method here */
        MethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["Error"];
            };
        };
        /** @description Throttled, or shutting down */
        Busy: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "request-id": components["headers"]["RequestId"];
                Date: components["headers"]["Date"];
                "Cache-Control": components["headers"]["CacheControl"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                [name: string]: unknown;
            };
            content: {
                "application/json;charset=utf-8": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description The UNSID of the subscription
         * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
         */
        Unsid: string;
        /**
         * @description The activityId of an item, or else its appActivityId
         * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
         */
        ActivityId: string;
        /**
         * @description gzip and deflate (zlib or raw) bodies are read, as on the other surfaces
         * @example gzip
         */
        ContentEncoding: "identity" | "gzip" | "deflate";
        /**
         * @description A tag, or empty, which means that there is none
         * @example c1.Qm0xZkJ3.2s
         */
        IfNoneMatch: string;
        /**
         * @description Only items changed after this instant; one without offset, or that no date type can hold, is no limit
         * @example -999999999-01-01T00:00:00+18:00
         */
        ModifiedAfter: string;
        /**
         * @description Only items changed before this instant; one without offset, or that no date type can hold, is no limit
         * @example +999999999-12-31T23:59:59.999999999-18:00
         */
        ModifiedBefore: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description A new GUID for every request, as on the other surfaces
         * @example 943d2ce0-e3a9-4d1d-8b75-dbe0d1432d18
         */
        RequestId: string;
        /**
         * @description The service clock
         * @example Fri, 23 Aug 2019 00:25:55 GMT
         */
        Date: string;
        /**
         * @description Answers are private
         * @example private
         */
        CacheControl: "private";
        /**
         * @description The web client called from any origin
         * @example *
         */
        AllowOrigin: "*";
        /**
         * @description What scripts may read
         * @example request-id, Retry-After, WWW-Authenticate
         */
        ExposeHeaders: "request-id, Retry-After, WWW-Authenticate";
        /**
         * @description How to authenticate
         * @example Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"
         */
        WwwAuthenticate: string;
        /**
         * @description The methods that the document declares here
         * @example POST, GET
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
    listActivitySubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SubscriptionList"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ActivityError"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["Busy"];
            429: components["responses"]["Busy"];
            500: components["responses"]["ActivityError"];
            503: components["responses"]["Busy"];
        };
    };
    createActivitySubscription: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read, as on the other surfaces
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Which device subscribes, and by which push channel it is reached */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionRequest"];
            };
        };
        responses: {
            200: components["responses"]["SubscriptionRenewed"];
            400: components["responses"]["ActivityError"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ActivityError"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["Busy"];
            409: components["responses"]["ActivityError"];
            413: components["responses"]["ActivityError"];
            415: components["responses"]["ActivityError"];
            429: components["responses"]["Busy"];
            500: components["responses"]["ActivityError"];
            503: components["responses"]["Busy"];
        };
    };
    getActivitySubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["Unsid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SubscriptionList"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ActivityError"];
            404: components["responses"]["ActivityError"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["Busy"];
            429: components["responses"]["Busy"];
            500: components["responses"]["ActivityError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteActivitySubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["Unsid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ActivityError"];
            404: components["responses"]["ActivityError"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["Busy"];
            429: components["responses"]["Busy"];
            500: components["responses"]["ActivityError"];
            503: components["responses"]["Busy"];
        };
    };
    listViewActivities: {
        parameters: {
            query?: {
                /**
                 * @description Only items changed after this instant; one without offset, or that no date type can hold, is no limit
                 * @example -999999999-01-01T00:00:00+18:00
                 */
                lastmodifiedafter?: components["parameters"]["ModifiedAfter"];
                /**
                 * @description Only items changed before this instant; one without offset, or that no date type can hold, is no limit
                 * @example +999999999-12-31T23:59:59.999999999-18:00
                 */
                lastmodifiedbefore?: components["parameters"]["ModifiedBefore"];
            };
            header?: {
                /**
                 * @description A tag, or empty, which means that there is none
                 * @example c1.Qm0xZkJ3.2s
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The UNSID of the subscription
                 * @example Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa
                 */
                unsid: components["parameters"]["Unsid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["View"];
            400: components["responses"]["ActivityError"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ActivityError"];
            404: components["responses"]["ActivityError"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["Busy"];
            429: components["responses"]["Busy"];
            500: components["responses"]["ActivityError"];
            503: components["responses"]["Busy"];
        };
    };
    deleteActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The activityId of an item, or else its appActivityId
                 * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
                 */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ActivityError"];
            404: components["responses"]["ActivityError"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["Busy"];
            429: components["responses"]["Busy"];
            500: components["responses"]["ActivityError"];
            503: components["responses"]["Busy"];
        };
    };
    updateActivity: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description gzip and deflate (zlib or raw) bodies are read, as on the other surfaces
                 * @example gzip
                 */
                "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            path: {
                /**
                 * @description The activityId of an item, or else its appActivityId
                 * @example 3407d93c-77f7-4bc0-8fbf-46221a7bed72
                 */
                id: components["parameters"]["ActivityId"];
            };
            cookie?: never;
        };
        /** @description The states to set */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityUpdate"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["ActivityError"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ActivityError"];
            404: components["responses"]["ActivityError"];
            405: components["responses"]["MethodNotAllowed"];
            406: components["responses"]["Busy"];
            413: components["responses"]["ActivityError"];
            415: components["responses"]["ActivityError"];
            429: components["responses"]["Busy"];
            500: components["responses"]["ActivityError"];
            503: components["responses"]["Busy"];
        };
    };
}
