// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** The contracts' code on a chain: its hash with every immutable value (32 bytes each) set to zero,
 * and the places of those values, one list for each of them. */
export const runtimes = {
  registry: {
    "hash": "0xcc85fa6589a04d52633178fb26baa25b1988b052d39b09ecc7de29a04d6077b9",
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
    "hash": "0x92ce16ad7f4bde4da8fb59dc9d3cb5ad2dd8683588fefc502e11c0ab940e57b3",
    "immutables": [
      [
        307,
        825
      ]
    ]
  },
  assembly: {
    "hash": "0x9ab6b27ff57127799a5d62f4f5cf3b850a6f772da4f403e734b6e1e96f8503de",
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
