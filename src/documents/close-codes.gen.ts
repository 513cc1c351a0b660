// Generated from openapi/devices.asyncapi.yaml by `npm run generate`; not to be edited.
export const closeCodes = {
  "goingAway": {
    "code": 1001,
    "reasons": {}
  },
  "binaryMessage": {
    "code": 1003,
    "reasons": {}
  },
  "tooManyInvalid": {
    "code": 1008,
    "reasons": {}
  },
  "messageTooBig": {
    "code": 1009,
    "reasons": {}
  },
  "serverFault": {
    "code": 1011,
    "reasons": {}
  },
  "tooSlow": {
    "code": 1013,
    "reasons": {}
  },
  "tokenExpired": {
    "code": 4401,
    "reasons": {}
  },
  "replaced": {
    "code": 4409,
    "reasons": {}
  },
  "subscriptionGone": {
    "code": 4410,
    "reasons": {
      "ended": "the subscription is deleted or has expired",
      "reset": "the emulator was reset"
    }
  }
} as const;
