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
    "inputs": [],
    "name": "EIP712DomainChanged",
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
  }
] as const;
