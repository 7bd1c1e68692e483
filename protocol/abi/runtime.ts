// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** The contracts' code on a chain: its hash with every immutable value (32 bytes each) set to zero,
 * and the places of those values, one list for each of them. */
export const runtimes = {
  registry: {
    "hash": "0xefceb79c15d345d058f7d293d64cc66ed9e6adecd6cfa8a665e4107932b36924",
    "immutables": [
      [
        10255
      ],
      [
        10444
      ],
      [
        10201
      ],
      [
        10334
      ],
      [
        10372
      ],
      [
        4110
      ],
      [
        4154
      ],
      [
        4457
      ]
    ]
  },
  anchor: {
    "hash": "0x87707f77d85bb11ad82fcfb11aa4498b164ab267b0a8279030b434e2440b823d",
    "immutables": [
      [
        307,
        825
      ]
    ]
  },
  assembly: {
    "hash": "0x0f536a24fb3f384b80afb01f2bf6396dd66b06935ed6decca8b1ed35598799ef",
    "immutables": [
      [
        19091
      ],
      [
        19274
      ],
      [
        19037
      ],
      [
        19170
      ],
      [
        19208
      ],
      [
        6335
      ],
      [
        6376
      ],
      [
        756,
        1719,
        2637,
        5650,
        6590,
        7205,
        11059,
        11654,
        13547,
        14213,
        14987
      ]
    ]
  },
} as const;
