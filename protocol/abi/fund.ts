// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** The interface of `contracts/fund/Fund.sol`: functions, events and errors. */
export const fundAbi = [
  {
    "inputs": [
      {
        "internalType": "contract IAssembly",
        "name": "assembly_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "approvals",
        "type": "uint8"
      }
    ],
    "name": "FundApprovalsInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "approvals",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "needed",
        "type": "uint256"
      }
    ],
    "name": "FundApprovalsTooFew",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "officerId",
        "type": "bytes32"
      }
    ],
    "name": "FundApproverTwice",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "officerId",
        "type": "bytes32"
      }
    ],
    "name": "FundAuthorActs",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "free",
        "type": "uint256"
      }
    ],
    "name": "FundBalanceTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "limit",
        "type": "uint256"
      }
    ],
    "name": "FundBudgetExceeded",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "amount",
        "type": "uint64"
      },
      {
        "internalType": "uint64",
        "name": "limit",
        "type": "uint64"
      }
    ],
    "name": "FundClaimAmountInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "claim",
        "type": "uint256"
      }
    ],
    "name": "FundClaimNotAccepted",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "milestone",
        "type": "uint256"
      }
    ],
    "name": "FundClaimsOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      },
      {
        "internalType": "uint64",
        "name": "credited",
        "type": "uint64"
      },
      {
        "internalType": "uint64",
        "name": "committed",
        "type": "uint64"
      }
    ],
    "name": "FundCreditTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      }
    ],
    "name": "FundEmergencyNotMaintenance",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "ground",
        "type": "uint8"
      }
    ],
    "name": "FundGroundUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "invoice",
        "type": "bytes32"
      }
    ],
    "name": "FundInvoiceDiffers",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "invoice",
        "type": "bytes32"
      }
    ],
    "name": "FundInvoiceUsed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "item",
        "type": "uint8"
      },
      {
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      }
    ],
    "name": "FundItemNotAllowed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "milestone",
        "type": "uint256"
      }
    ],
    "name": "FundMilestoneEmpty",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "milestone",
        "type": "uint256"
      },
      {
        "internalType": "enum IFundData.MilestoneState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "FundMilestoneStateDiffers",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "milestone",
        "type": "uint256"
      }
    ],
    "name": "FundMilestoneUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "milestones",
        "type": "uint256"
      }
    ],
    "name": "FundMilestonesInvalid",
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
    "name": "FundMotionNotAdopted",
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
    "name": "FundMotionNotFinal",
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
      },
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      }
    ],
    "name": "FundMotionReserved",
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
    "name": "FundMotionWithoutPlan",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint16",
        "name": "overrunBasisPoints",
        "type": "uint16"
      }
    ],
    "name": "FundOverrunInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "plan",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "adopted",
        "type": "bytes32"
      }
    ],
    "name": "FundPlanDiffers",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      }
    ],
    "name": "FundReservationSettled",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      }
    ],
    "name": "FundReservationUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "officerId",
        "type": "bytes32"
      },
      {
        "internalType": "uint8",
        "name": "role",
        "type": "uint8"
      }
    ],
    "name": "FundRoleMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "officerId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "digest",
        "type": "bytes32"
      }
    ],
    "name": "FundSignatureInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "terms",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reserved",
        "type": "bytes32"
      }
    ],
    "name": "FundTermsDiffer",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      }
    ],
    "name": "FundUnknown",
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
        "name": "claim",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "isAccepted",
        "type": "bool"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "ClaimJudged",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "claim",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "milestone",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "author",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "amount",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "invoice",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "ClaimSubmitted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "claim",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "ClaimWithdrawn",
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
        "name": "reservation",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint8",
        "name": "ground",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "plan",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "milestones",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "EmergencyReserved",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "credited",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "FundCredited",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
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
        "internalType": "bytes32",
        "name": "plan",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "milestones",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "MotionReserved",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "claim",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "amount",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "bytes32[]",
        "name": "approvers",
        "type": "bytes32[]"
      }
    ],
    "name": "PaymentReleased",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "paid",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "freed",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "record",
        "type": "bytes32"
      }
    ],
    "name": "ReservationSettled",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      },
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "approvals",
            "type": "uint8"
          },
          {
            "internalType": "uint16",
            "name": "overrunBasisPoints",
            "type": "uint16"
          },
          {
            "internalType": "bytes32",
            "name": "record",
            "type": "bytes32"
          }
        ],
        "indexed": false,
        "internalType": "struct IFundData.Rules",
        "name": "rules",
        "type": "tuple"
      }
    ],
    "name": "RulesSet",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      }
    ],
    "name": "accountNonce",
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
    "inputs": [],
    "name": "assemblyAddress",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "claimCount",
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
        "name": "reservation",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "milestone",
        "type": "uint256"
      }
    ],
    "name": "claimOf",
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
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      },
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "approvals",
            "type": "uint8"
          },
          {
            "internalType": "uint16",
            "name": "overrunBasisPoints",
            "type": "uint16"
          },
          {
            "internalType": "bytes32",
            "name": "record",
            "type": "bytes32"
          }
        ],
        "internalType": "struct IFundData.Rules",
        "name": "rules",
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
    "name": "configure",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      },
      {
        "internalType": "uint64",
        "name": "credited",
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
    "name": "credit",
    "outputs": [],
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
        "internalType": "uint8",
        "name": "fund",
        "type": "uint8"
      }
    ],
    "name": "getAccount",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint64",
            "name": "credited",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "committed",
            "type": "uint64"
          },
          {
            "internalType": "uint8",
            "name": "approvals",
            "type": "uint8"
          },
          {
            "internalType": "uint16",
            "name": "overrunBasisPoints",
            "type": "uint16"
          }
        ],
        "internalType": "struct IFundData.Account",
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
        "name": "claim",
        "type": "uint256"
      }
    ],
    "name": "getClaim",
    "outputs": [
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "release",
            "type": "bytes32"
          },
          {
            "internalType": "bytes20",
            "name": "author",
            "type": "bytes20"
          },
          {
            "internalType": "uint64",
            "name": "amount",
            "type": "uint64"
          },
          {
            "internalType": "uint8",
            "name": "approvals",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "isAccepted",
            "type": "bool"
          }
        ],
        "internalType": "struct IFundData.Claim",
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
        "name": "reservation",
        "type": "uint256"
      }
    ],
    "name": "getReservation",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint64",
            "name": "amount",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "accepted",
            "type": "uint64"
          },
          {
            "internalType": "uint8",
            "name": "fund",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "approvals",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "milestones",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "isSettled",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "terms",
            "type": "bytes32"
          }
        ],
        "internalType": "struct IFundData.Reservation",
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
        "internalType": "bytes32",
        "name": "invoice",
        "type": "bytes32"
      }
    ],
    "name": "isInvoiceUsed",
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
        "components": [
          {
            "internalType": "uint256",
            "name": "reservation",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "milestone",
            "type": "uint256"
          },
          {
            "internalType": "bytes32",
            "name": "invoice",
            "type": "bytes32"
          }
        ],
        "internalType": "struct IFundData.ClaimPlace",
        "name": "place",
        "type": "tuple"
      },
      {
        "internalType": "bool",
        "name": "isAccepted",
        "type": "bool"
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
    "name": "judge",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "milestone",
        "type": "uint256"
      }
    ],
    "name": "milestoneState",
    "outputs": [
      {
        "internalType": "enum IFundData.MilestoneState",
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
        "name": "reservation",
        "type": "uint256"
      }
    ],
    "name": "paidOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "paid",
        "type": "uint256"
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
        "name": "claim",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "r",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "vs",
            "type": "bytes32"
          }
        ],
        "internalType": "struct IFundData.Signature[]",
        "name": "signatures",
        "type": "tuple[]"
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
        "internalType": "struct IRegistry.Attestation[]",
        "name": "attestations",
        "type": "tuple[]"
      }
    ],
    "name": "release",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "claim",
        "type": "uint256"
      }
    ],
    "name": "releaseDigest",
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
    "name": "reservationCount",
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
    "name": "reservationOf",
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
        "components": [
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
        "internalType": "struct IFundData.Motion",
        "name": "motion",
        "type": "tuple"
      },
      {
        "components": [
          {
            "components": [
              {
                "internalType": "uint8",
                "name": "fund",
                "type": "uint8"
              },
              {
                "internalType": "uint64",
                "name": "budget",
                "type": "uint64"
              },
              {
                "components": [
                  {
                    "internalType": "string",
                    "name": "name",
                    "type": "string"
                  },
                  {
                    "internalType": "string",
                    "name": "accountTail",
                    "type": "string"
                  },
                  {
                    "internalType": "bytes32",
                    "name": "account",
                    "type": "bytes32"
                  }
                ],
                "internalType": "struct IFundData.Payee",
                "name": "payee",
                "type": "tuple"
              },
              {
                "internalType": "bytes32",
                "name": "scope",
                "type": "bytes32"
              },
              {
                "internalType": "bytes32",
                "name": "rule",
                "type": "bytes32"
              }
            ],
            "internalType": "struct IFundData.Plan",
            "name": "plan",
            "type": "tuple"
          },
          {
            "components": [
              {
                "internalType": "string",
                "name": "title",
                "type": "string"
              },
              {
                "internalType": "uint64",
                "name": "amount",
                "type": "uint64"
              }
            ],
            "internalType": "struct IFundData.Milestone[]",
            "name": "milestones",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct IFundData.Terms",
        "name": "terms",
        "type": "tuple"
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
    "name": "reserve",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "ground",
        "type": "uint8"
      },
      {
        "components": [
          {
            "components": [
              {
                "internalType": "uint8",
                "name": "fund",
                "type": "uint8"
              },
              {
                "internalType": "uint64",
                "name": "budget",
                "type": "uint64"
              },
              {
                "components": [
                  {
                    "internalType": "string",
                    "name": "name",
                    "type": "string"
                  },
                  {
                    "internalType": "string",
                    "name": "accountTail",
                    "type": "string"
                  },
                  {
                    "internalType": "bytes32",
                    "name": "account",
                    "type": "bytes32"
                  }
                ],
                "internalType": "struct IFundData.Payee",
                "name": "payee",
                "type": "tuple"
              },
              {
                "internalType": "bytes32",
                "name": "scope",
                "type": "bytes32"
              },
              {
                "internalType": "bytes32",
                "name": "rule",
                "type": "bytes32"
              }
            ],
            "internalType": "struct IFundData.Plan",
            "name": "plan",
            "type": "tuple"
          },
          {
            "components": [
              {
                "internalType": "string",
                "name": "title",
                "type": "string"
              },
              {
                "internalType": "uint64",
                "name": "amount",
                "type": "uint64"
              }
            ],
            "internalType": "struct IFundData.Milestone[]",
            "name": "milestones",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct IFundData.Terms",
        "name": "terms",
        "type": "tuple"
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
    "name": "reserveEmergency",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
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
        "name": "reservation",
        "type": "uint256"
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
    "name": "settle",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reservation",
        "type": "uint256"
      },
      {
        "components": [
          {
            "components": [
              {
                "internalType": "uint8",
                "name": "fund",
                "type": "uint8"
              },
              {
                "internalType": "uint64",
                "name": "budget",
                "type": "uint64"
              },
              {
                "components": [
                  {
                    "internalType": "string",
                    "name": "name",
                    "type": "string"
                  },
                  {
                    "internalType": "string",
                    "name": "accountTail",
                    "type": "string"
                  },
                  {
                    "internalType": "bytes32",
                    "name": "account",
                    "type": "bytes32"
                  }
                ],
                "internalType": "struct IFundData.Payee",
                "name": "payee",
                "type": "tuple"
              },
              {
                "internalType": "bytes32",
                "name": "scope",
                "type": "bytes32"
              },
              {
                "internalType": "bytes32",
                "name": "rule",
                "type": "bytes32"
              }
            ],
            "internalType": "struct IFundData.Plan",
            "name": "plan",
            "type": "tuple"
          },
          {
            "components": [
              {
                "internalType": "string",
                "name": "title",
                "type": "string"
              },
              {
                "internalType": "uint64",
                "name": "amount",
                "type": "uint64"
              }
            ],
            "internalType": "struct IFundData.Milestone[]",
            "name": "milestones",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct IFundData.Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "milestone",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "amount",
            "type": "uint64"
          },
          {
            "internalType": "bytes32",
            "name": "invoice",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "record",
            "type": "bytes32"
          }
        ],
        "internalType": "struct IFundData.Submission",
        "name": "submission",
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
        "internalType": "struct IRegistry.Attestation",
        "name": "attestation",
        "type": "tuple"
      }
    ],
    "name": "submit",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "claim",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "reservation",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "milestone",
            "type": "uint256"
          },
          {
            "internalType": "bytes32",
            "name": "invoice",
            "type": "bytes32"
          }
        ],
        "internalType": "struct IFundData.ClaimPlace",
        "name": "place",
        "type": "tuple"
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
    "name": "withdraw",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;
