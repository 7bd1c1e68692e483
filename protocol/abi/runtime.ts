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
    "hash": "0x35334a65e5dd55f628260752e32c1162c1a66b85f7036d6079f4609402ed77a6",
    "immutables": [
      [
        19406
      ],
      [
        19589
      ],
      [
        19352
      ],
      [
        19485
      ],
      [
        19523
      ],
      [
        8798
      ],
      [
        8839
      ],
      [
        825,
        1788,
        2706,
        7348,
        8113,
        9053,
        9667,
        11966,
        14329,
        15103,
        15964
      ]
    ]
  },
  fund: {
    "hash": "0xec89b70143b508939bf91a66d01003065a4e5148ddeb6c4f2d934bf05147c4e1",
    "immutables": [
      [
        11657
      ],
      [
        11840
      ],
      [
        11603
      ],
      [
        11736
      ],
      [
        11774
      ],
      [
        5370
      ],
      [
        5411
      ],
      [
        4291,
        5615,
        10394,
        11906
      ],
      [
        1688,
        6988
      ]
    ]
  },
} as const;
