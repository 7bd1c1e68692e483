// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** The interface of `contracts/assembly/Assembly.sol`: functions, events and errors. */
export const assemblyAbi = [
  {
    "inputs": [
      {
        "internalType": "contract IRegistry",
        "name": "registry_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "internalType": "uint8",
        "name": "code",
        "type": "uint8"
      }
    ],
    "name": "AssemblyBallotNotCounted",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "entryBytes",
        "type": "uint256"
      }
    ],
    "name": "AssemblyBallotsMalformed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      }
    ],
    "name": "AssemblyBallotsUnsorted",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "name": "AssemblyBatchDone",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "next",
        "type": "uint256"
      }
    ],
    "name": "AssemblyBatchNotNext",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      }
    ],
    "name": "AssemblyBatchSizeInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "name": "AssemblyBatchUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "left",
        "type": "uint256"
      }
    ],
    "name": "AssemblyBatchesLeft",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "concludedAt",
        "type": "uint256"
      }
    ],
    "name": "AssemblyConcluded",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "conflict",
        "type": "uint8"
      }
    ],
    "name": "AssemblyConflictUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "startsAt",
        "type": "uint256"
      }
    ],
    "name": "AssemblyCountNotStarted",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint64",
        "name": "closesAt",
        "type": "uint64"
      },
      {
        "internalType": "uint256",
        "name": "current",
        "type": "uint256"
      }
    ],
    "name": "AssemblyExtensionNotLater",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "form",
        "type": "uint8"
      }
    ],
    "name": "AssemblyFormUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "position",
        "type": "uint256"
      }
    ],
    "name": "AssemblyKeyRevoked",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "from",
        "type": "uint256"
      }
    ],
    "name": "AssemblyLapseTooEarly",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "name": "AssemblyMeetingUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "motion",
        "type": "uint256"
      }
    ],
    "name": "AssemblyMotionUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "motions",
        "type": "uint256"
      }
    ],
    "name": "AssemblyMotionsInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "name": "AssemblyNotConcluded",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      }
    ],
    "name": "AssemblyNotRelayer",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "opensAt",
        "type": "uint64"
      },
      {
        "internalType": "uint256",
        "name": "earliest",
        "type": "uint256"
      }
    ],
    "name": "AssemblyNoticeTooShort",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "internalType": "uint8",
        "name": "origin",
        "type": "uint8"
      }
    ],
    "name": "AssemblyOriginDiffers",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "root",
        "type": "bytes32"
      }
    ],
    "name": "AssemblyPaperAlreadySealed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "closedAt",
        "type": "uint256"
      }
    ],
    "name": "AssemblyPaperClosed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "plans",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "motions",
        "type": "uint256"
      }
    ],
    "name": "AssemblyPlansInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "root",
        "type": "bytes32"
      }
    ],
    "name": "AssemblyRootDiffers",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      }
    ],
    "name": "AssemblySealLimitReached",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "position",
        "type": "uint256"
      }
    ],
    "name": "AssemblySealSignatureInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "name": "AssemblyTooManyBatches",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "closedAt",
        "type": "uint256"
      }
    ],
    "name": "AssemblyVotingClosed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "opensAt",
        "type": "uint256"
      }
    ],
    "name": "AssemblyVotingNotOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "opensAt",
        "type": "uint64"
      },
      {
        "internalType": "uint64",
        "name": "closesAt",
        "type": "uint64"
      }
    ],
    "name": "AssemblyWindowInvalid",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "InvalidShortString",
    "type": "error"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "heads",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "areaE4",
            "type": "uint256"
          }
        ],
        "internalType": "struct Outcome.Totals",
        "name": "inFavour",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "heads",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "areaE4",
            "type": "uint256"
          }
        ],
        "internalType": "struct Outcome.Totals",
        "name": "participating",
        "type": "tuple"
      }
    ],
    "name": "OutcomeInFavourExceedsParticipating",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "item",
        "type": "uint8"
      }
    ],
    "name": "OutcomeItemUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "heads",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "areaE4",
            "type": "uint256"
          }
        ],
        "internalType": "struct Outcome.Totals",
        "name": "participating",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "heads",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "areaE4",
            "type": "uint256"
          }
        ],
        "internalType": "struct Outcome.Totals",
        "name": "total",
        "type": "tuple"
      }
    ],
    "name": "OutcomeParticipatingExceedsTotal",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "heads",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "areaE4",
        "type": "uint256"
      }
    ],
    "name": "OutcomeTotalEmpty",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "str",
        "type": "string"
      }
    ],
    "name": "StringTooLong",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint32",
        "name": "answers",
        "type": "uint32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "leaf",
        "type": "bytes32"
      }
    ],
    "name": "BallotCounted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      }
    ],
    "name": "BallotReplaced",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "origin",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "codes",
        "type": "bytes"
      }
    ],
    "name": "BatchCounted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "name": "BatchLapsed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "origin",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "root",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      }
    ],
    "name": "BatchSealed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [],
    "name": "EIP712DomainChanged",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "finalAt",
        "type": "uint64"
      }
    ],
    "name": "MeetingConcluded",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "roll",
            "type": "uint256"
          },
          {
            "internalType": "bytes32",
            "name": "record",
            "type": "bytes32"
          },
          {
            "internalType": "uint8[]",
            "name": "items",
            "type": "uint8[]"
          },
          {
            "internalType": "bytes32[]",
            "name": "plans",
            "type": "bytes32[]"
          },
          {
            "internalType": "uint64",
            "name": "opensAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "closesAt",
            "type": "uint64"
          },
          {
            "internalType": "uint32",
            "name": "noticeSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "paperSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "objectionSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint8",
            "name": "conflict",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "invalidParticipates",
            "type": "bool"
          }
        ],
        "indexed": false,
        "internalType": "struct IAssemblyData.Convocation",
        "name": "convocation",
        "type": "tuple"
      }
    ],
    "name": "MeetingConvened",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "closesAt",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "MeetingExtended",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "motion",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "enum Outcome.Result",
        "name": "outcome",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "tally",
        "type": "uint256"
      }
    ],
    "name": "MotionDecided",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "name": "commitment",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "name": "conclude",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "roll",
            "type": "uint256"
          },
          {
            "internalType": "bytes32",
            "name": "record",
            "type": "bytes32"
          },
          {
            "internalType": "uint8[]",
            "name": "items",
            "type": "uint8[]"
          },
          {
            "internalType": "bytes32[]",
            "name": "plans",
            "type": "bytes32[]"
          },
          {
            "internalType": "uint64",
            "name": "opensAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "closesAt",
            "type": "uint64"
          },
          {
            "internalType": "uint32",
            "name": "noticeSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "paperSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "objectionSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint8",
            "name": "conflict",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "invalidParticipates",
            "type": "bool"
          }
        ],
        "internalType": "struct IAssemblyData.Convocation",
        "name": "convocation",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "bytes",
            "name": "signer",
            "type": "bytes"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct IRegistry.Attestation[2]",
        "name": "attestations",
        "type": "tuple[2]"
      }
    ],
    "name": "convene",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "eip712Domain",
    "outputs": [
      {
        "internalType": "bytes1",
        "name": "fields",
        "type": "bytes1"
      },
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "version",
        "type": "string"
      },
      {
        "internalType": "uint256",
        "name": "chainId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "verifyingContract",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
      },
      {
        "internalType": "uint256[]",
        "name": "extensions",
        "type": "uint256[]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint64",
        "name": "closesAt",
        "type": "uint64"
      },
      {
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "bytes",
            "name": "signer",
            "type": "bytes"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct IRegistry.Attestation[2]",
        "name": "attestations",
        "type": "tuple[2]"
      }
    ],
    "name": "extend",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "name": "getMeeting",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint40",
            "name": "opensAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "closesAt",
            "type": "uint40"
          },
          {
            "internalType": "uint32",
            "name": "paperSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "objectionSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint8",
            "name": "motions",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "conflict",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "invalidParticipates",
            "type": "bool"
          },
          {
            "internalType": "uint16",
            "name": "batches",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "papers",
            "type": "uint16"
          },
          {
            "internalType": "uint40",
            "name": "progressedAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "concludedAt",
            "type": "uint40"
          },
          {
            "internalType": "uint16",
            "name": "done",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "lapsed",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "last",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "singles",
            "type": "uint16"
          },
          {
            "internalType": "uint32",
            "name": "roll",
            "type": "uint32"
          },
          {
            "internalType": "uint64",
            "name": "items",
            "type": "uint64"
          }
        ],
        "internalType": "struct IAssemblyData.Meeting",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      }
    ],
    "name": "getSingle",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint16",
            "name": "batch",
            "type": "uint16"
          },
          {
            "internalType": "uint32",
            "name": "answers",
            "type": "uint32"
          },
          {
            "internalType": "bytes26",
            "name": "leaf",
            "type": "bytes26"
          }
        ],
        "internalType": "struct IAssemblyData.Single",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      }
    ],
    "name": "hasCounted",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "name": "lapse",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "meetingCount",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "name": "nextBatch",
    "outputs": [
      {
        "internalType": "bool",
        "name": "any",
        "type": "bool"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "components": [
          {
            "components": [
              {
                "internalType": "uint16",
                "name": "page",
                "type": "uint16"
              },
              {
                "internalType": "uint16",
                "name": "position",
                "type": "uint16"
              }
            ],
            "internalType": "struct IRegistry.KeyPlace",
            "name": "place",
            "type": "tuple"
          },
          {
            "components": [
              {
                "internalType": "uint8",
                "name": "form",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "answers",
                "type": "uint32"
              },
              {
                "internalType": "bytes",
                "name": "envelope",
                "type": "bytes"
              }
            ],
            "internalType": "struct IAssemblyData.Message",
            "name": "message",
            "type": "tuple"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct IAssemblyData.Ballot",
        "name": "ballot",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "proof",
        "type": "bytes32[]"
      }
    ],
    "name": "openBallot",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "form",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "answers",
            "type": "uint32"
          },
          {
            "internalType": "bytes",
            "name": "envelope",
            "type": "bytes"
          }
        ],
        "internalType": "struct IAssemblyData.Message[]",
        "name": "messages",
        "type": "tuple[]"
      },
      {
        "components": [
          {
            "internalType": "uint16",
            "name": "page",
            "type": "uint16"
          },
          {
            "internalType": "bytes",
            "name": "ballots",
            "type": "bytes"
          }
        ],
        "internalType": "struct IAssemblyData.Group[]",
        "name": "groups",
        "type": "tuple[]"
      }
    ],
    "name": "openBatch",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      },
      {
        "internalType": "uint32[]",
        "name": "answers",
        "type": "uint32[]"
      },
      {
        "internalType": "bytes",
        "name": "ballots",
        "type": "bytes"
      }
    ],
    "name": "openPaper",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "motion",
        "type": "uint256"
      }
    ],
    "name": "outcome",
    "outputs": [
      {
        "internalType": "enum Outcome.Result",
        "name": "",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      }
    ],
    "name": "ownSeals",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "motion",
        "type": "uint256"
      }
    ],
    "name": "planOf",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "registry",
    "outputs": [
      {
        "internalType": "contract IRegistry",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "root",
        "type": "bytes32"
      },
      {
        "internalType": "uint16",
        "name": "count",
        "type": "uint16"
      }
    ],
    "name": "seal",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "leaf",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "components": [
              {
                "internalType": "uint16",
                "name": "page",
                "type": "uint16"
              },
              {
                "internalType": "uint16",
                "name": "position",
                "type": "uint16"
              }
            ],
            "internalType": "struct IRegistry.KeyPlace",
            "name": "place",
            "type": "tuple"
          },
          {
            "internalType": "uint8",
            "name": "form",
            "type": "uint8"
          },
          {
            "internalType": "bytes",
            "name": "envelope",
            "type": "bytes"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct IAssemblyData.OwnSeal",
        "name": "own",
        "type": "tuple"
      }
    ],
    "name": "sealOwn",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "root",
        "type": "bytes32"
      },
      {
        "internalType": "uint16",
        "name": "count",
        "type": "uint16"
      },
      {
        "components": [
          {
            "internalType": "bytes",
            "name": "signer",
            "type": "bytes"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct IRegistry.Attestation[2]",
        "name": "attestations",
        "type": "tuple[2]"
      }
    ],
    "name": "sealPaper",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "batch",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint32",
        "name": "answers",
        "type": "uint32"
      }
    ],
    "name": "sheetDigest",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      }
    ],
    "name": "stage",
    "outputs": [
      {
        "internalType": "enum IAssemblyData.Stage",
        "name": "",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "meeting",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "motion",
        "type": "uint256"
      },
      {
        "internalType": "uint8",
        "name": "origin",
        "type": "uint8"
      }
    ],
    "name": "tally",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const;
