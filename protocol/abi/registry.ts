// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** The interface of `contracts/registry/Registry.sol`: functions, events and errors. */
export const registryAbi = [
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes",
            "name": "signer",
            "type": "bytes"
          },
          {
            "internalType": "uint8",
            "name": "roles",
            "type": "uint8"
          }
        ],
        "internalType": "struct IRegistry.Appointment[]",
        "name": "appointments",
        "type": "tuple[]"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "CloneArgumentsTooLong",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "FailedDeployment",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "balance",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "needed",
        "type": "uint256"
      }
    ],
    "name": "InsufficientBalance",
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
        "internalType": "uint8",
        "name": "areaBytes",
        "type": "uint8"
      }
    ],
    "name": "RegistryAreaBytesInvalid",
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
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "RegistryAreaPageInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "areas",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "signed",
        "type": "bytes32"
      }
    ],
    "name": "RegistryAreasDiffer",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "assemblyAddress",
        "type": "address"
      }
    ],
    "name": "RegistryAssemblyAlreadySet",
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
    "name": "RegistryAttestationInvalid",
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
        "name": "area",
        "type": "uint256"
      }
    ],
    "name": "RegistryBuildingsDiffer",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
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
    "name": "RegistryKeyAlreadyRevoked",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "kind",
        "type": "uint8"
      }
    ],
    "name": "RegistryKeyKindUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "RegistryKeyPageInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
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
    "name": "RegistryKeyUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "keysUntil",
        "type": "uint256"
      }
    ],
    "name": "RegistryKeysClosed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "first",
        "type": "bytes"
      },
      {
        "internalType": "bytes",
        "name": "second",
        "type": "bytes"
      }
    ],
    "name": "RegistryKeysDiffer",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "role",
        "type": "uint8"
      }
    ],
    "name": "RegistryLastOfficer",
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
    "name": "RegistryNotAssembly",
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
    "name": "RegistryNotDeployer",
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
    "name": "RegistryNotRelayer",
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
    "name": "RegistryRoleMissing",
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
        "name": "roles",
        "type": "uint8"
      }
    ],
    "name": "RegistryRolesIncompatible",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      }
    ],
    "name": "RegistryRollAssigned",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      }
    ],
    "name": "RegistryRollNotAssigned",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "next",
        "type": "uint256"
      }
    ],
    "name": "RegistryRollNotNext",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      }
    ],
    "name": "RegistryRollUnknown",
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
    "name": "RegistrySameOfficer",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "signer",
        "type": "bytes"
      }
    ],
    "name": "RegistrySignerInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "sum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "stated",
        "type": "uint256"
      }
    ],
    "name": "RegistryTotalAreaDiffers",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "totalArea",
        "type": "uint64"
      }
    ],
    "name": "RegistryTotalAreaInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      }
    ],
    "name": "RegistryVoterUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "voters",
        "type": "uint256"
      }
    ],
    "name": "RegistryVotersInvalid",
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
        "name": "roll",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "store",
        "type": "address"
      }
    ],
    "name": "AreasStored",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": false,
        "internalType": "address",
        "name": "assemblyAddress",
        "type": "address"
      }
    ],
    "name": "AssemblySet",
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
        "name": "roll",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "position",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "duplicate",
        "type": "bool"
      }
    ],
    "name": "KeyRevoked",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "kind",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "store",
        "type": "address"
      }
    ],
    "name": "KeysBound",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "officerId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "signer",
        "type": "bytes"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "roles",
        "type": "uint8"
      }
    ],
    "name": "OfficerSet",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "keysUntil",
        "type": "uint64"
      }
    ],
    "name": "RollAssigned",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "record",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "linesRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "areas",
            "type": "bytes32"
          },
          {
            "internalType": "uint8",
            "name": "areaBytes",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "voters",
            "type": "uint32"
          },
          {
            "internalType": "uint64",
            "name": "totalArea",
            "type": "uint64"
          }
        ],
        "indexed": false,
        "internalType": "struct IRegistry.RollTerms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "name",
            "type": "string"
          },
          {
            "internalType": "uint32",
            "name": "heads",
            "type": "uint32"
          },
          {
            "internalType": "uint64",
            "name": "area",
            "type": "uint64"
          }
        ],
        "indexed": false,
        "internalType": "struct IRegistry.Building[]",
        "name": "buildings",
        "type": "tuple[]"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "store",
        "type": "address"
      }
    ],
    "name": "RollFrozen",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "voter",
        "type": "uint256"
      }
    ],
    "name": "areaOf",
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
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      }
    ],
    "name": "areaPage",
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
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint64",
        "name": "keysUntil",
        "type": "uint64"
      }
    ],
    "name": "assignRoll",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint8",
        "name": "kind",
        "type": "uint8"
      },
      {
        "internalType": "bytes",
        "name": "entries",
        "type": "bytes"
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
    "name": "bindKeys",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "page",
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
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint64",
        "name": "keysUntil",
        "type": "uint64"
      }
    ],
    "name": "extendRoll",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "record",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "linesRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "areas",
            "type": "bytes32"
          },
          {
            "internalType": "uint8",
            "name": "areaBytes",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "voters",
            "type": "uint32"
          },
          {
            "internalType": "uint64",
            "name": "totalArea",
            "type": "uint64"
          }
        ],
        "internalType": "struct IRegistry.RollTerms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "areas",
        "type": "bytes"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "name",
            "type": "string"
          },
          {
            "internalType": "uint32",
            "name": "heads",
            "type": "uint32"
          },
          {
            "internalType": "uint64",
            "name": "area",
            "type": "uint64"
          }
        ],
        "internalType": "struct IRegistry.Building[]",
        "name": "buildings",
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
        "internalType": "struct IRegistry.Attestation[2]",
        "name": "attestations",
        "type": "tuple[2]"
      }
    ],
    "name": "freezeRoll",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "roll",
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
        "name": "roll",
        "type": "uint256"
      },
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
      }
    ],
    "name": "getKey",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint16",
            "name": "voter",
            "type": "uint16"
          },
          {
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "bytes",
            "name": "keyId",
            "type": "bytes"
          },
          {
            "internalType": "bool",
            "name": "revoked",
            "type": "bool"
          }
        ],
        "internalType": "struct IRegistry.Key",
        "name": "key",
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
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      }
    ],
    "name": "getKeyPage",
    "outputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "store",
            "type": "address"
          },
          {
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "uint16",
            "name": "count",
            "type": "uint16"
          },
          {
            "internalType": "uint16",
            "name": "revoked",
            "type": "uint16"
          }
        ],
        "internalType": "struct IRegistry.KeyPage",
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
        "name": "roll",
        "type": "uint256"
      }
    ],
    "name": "getRoll",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint32",
            "name": "voters",
            "type": "uint32"
          },
          {
            "internalType": "uint64",
            "name": "totalArea",
            "type": "uint64"
          },
          {
            "internalType": "uint8",
            "name": "areaBytes",
            "type": "uint8"
          },
          {
            "internalType": "uint16",
            "name": "keyPages",
            "type": "uint16"
          },
          {
            "internalType": "uint40",
            "name": "keysUntil",
            "type": "uint40"
          }
        ],
        "internalType": "struct IRegistry.Roll",
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
        "internalType": "address",
        "name": "account",
        "type": "address"
      },
      {
        "internalType": "uint8",
        "name": "role",
        "type": "uint8"
      }
    ],
    "name": "hasRole",
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
    "inputs": [],
    "name": "officerNonce",
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
        "name": "roll",
        "type": "uint256"
      },
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
        "name": "first",
        "type": "tuple"
      },
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
        "name": "second",
        "type": "tuple"
      }
    ],
    "name": "reportDuplicateKey",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "digest",
        "type": "bytes32"
      },
      {
        "internalType": "uint8",
        "name": "firstRole",
        "type": "uint8"
      },
      {
        "internalType": "uint8",
        "name": "secondRole",
        "type": "uint8"
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
    "name": "requireAttested",
    "outputs": [],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      }
    ],
    "name": "revocations",
    "outputs": [
      {
        "internalType": "uint256[]",
        "name": "words",
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
        "name": "roll",
        "type": "uint256"
      },
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
    "name": "revokeKey",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "officerId",
        "type": "bytes32"
      }
    ],
    "name": "rolesOf",
    "outputs": [
      {
        "internalType": "uint8",
        "name": "",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "rollCount",
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
        "internalType": "address",
        "name": "assembly_",
        "type": "address"
      }
    ],
    "name": "setAssembly",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "signer",
        "type": "bytes"
      },
      {
        "internalType": "uint8",
        "name": "roles",
        "type": "uint8"
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
    "name": "setOfficer",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "roll",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "page",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "areas",
        "type": "bytes"
      }
    ],
    "name": "storeAreas",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;
