// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** The contracts' code on a chain: its hash with every immutable value (32 bytes each) set to zero,
 * and the places of those values, one list for each of them. */
export const runtimes = {
  registry: {
    "hash": "0x71999682f6437d130f6f7cccda908c50301216bb6a392839cde2eb92babd79e8",
    "immutables": [
      [
        9601
      ],
      [
        9790
      ],
      [
        9547
      ],
      [
        9680
      ],
      [
        9718
      ],
      [
        4077
      ],
      [
        4121
      ],
      [
        4424
      ]
    ]
  },
  anchor: {
    "hash": "0x7f04ef4ab2e52572d25d42195d5a89e9f04e152d7a133ca85ba4f20e9d64f5fa",
    "immutables": [
      [
        307,
        825
      ]
    ]
  },
  assembly: {
    "hash": "0xcef57ef819dafc03a5a5dd500d08ef6e481a3f54c012cb777f3e2119e35016e8",
    "immutables": [
      [
        18731
      ],
      [
        18914
      ],
      [
        18677
      ],
      [
        18810
      ],
      [
        18848
      ],
      [
        6085
      ],
      [
        6126
      ],
      [
        755,
        1718,
        2635,
        5329,
        6340,
        6955,
        10809,
        11404,
        13185,
        13851,
        14605
      ]
    ]
  },
} as const;
