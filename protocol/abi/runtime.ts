// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** The contracts' code on a chain: its hash with every immutable value (32 bytes each) set to zero,
 * and the places of those values, one list for each of them. */
export const runtimes = {
  registry: {
    "hash": "0x7e415b94a040dae4d0dbdd928e492932bb8a72f10ea544f2c67a515cb171f43b",
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
    "hash": "0x87707f77d85bb11ad82fcfb11aa4498b164ab267b0a8279030b434e2440b823d",
    "immutables": [
      [
        307,
        825
      ]
    ]
  },
  assembly: {
    "hash": "0x88ee3f03ccbc250dec94091c37f4123214d526bf8d2133b65dbe5772b6268d93",
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
