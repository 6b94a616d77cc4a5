// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/chars.h"

enum { L = COR_CHAR_LETTER, D = COR_CHAR_DIGIT, W = COR_CHAR_BLANK, B = COR_CHAR_BODY };

#define FOUR(x)    (x), (x), (x), (x)
#define SIXTEEN(x) FOUR(x), FOUR(x), FOUR(x), FOUR(x)

const uint8_t cor_char_class[256] = {
    [0] = W | B,        ['\t'] = W, ['\v'] = W, ['\f'] = W, ['\r'] = W, [' '] = W,  ['"'] = B,
    ['#'] = B,          ['\''] = B, ['/'] = B,  ['{'] = B,  ['}'] = B,  ['$'] = L,  ['_'] = L,
    ['0'] = D,          ['1'] = D,  ['2'] = D,  ['3'] = D,  ['4'] = D,  ['5'] = D,  ['6'] = D,
    ['7'] = D,          ['8'] = D,  ['9'] = D,  ['A'] = L,  ['B'] = L,  ['C'] = L,  ['D'] = L,
    ['E'] = L,          ['F'] = L,  ['G'] = L,  ['H'] = L,  ['I'] = L,  ['J'] = L,  ['K'] = L,
    ['L'] = L,          ['M'] = L,  ['N'] = L,  ['O'] = L,  ['P'] = L,  ['Q'] = L,  ['R'] = L,
    ['S'] = L,          ['T'] = L,  ['U'] = L,  ['V'] = L,  ['W'] = L,  ['X'] = L,  ['Y'] = L,
    ['Z'] = L,          ['a'] = L,  ['b'] = L,  ['c'] = L,  ['d'] = L,  ['e'] = L,  ['f'] = L,
    ['g'] = L,          ['h'] = L,  ['i'] = L,  ['j'] = L,  ['k'] = L,  ['l'] = L,  ['m'] = L,
    ['n'] = L,          ['o'] = L,  ['p'] = L,  ['q'] = L,  ['r'] = L,  ['s'] = L,  ['t'] = L,
    ['u'] = L,          ['v'] = L,  ['w'] = L,  ['x'] = L,  ['y'] = L,  ['z'] = L,

    [128] = SIXTEEN(L), SIXTEEN(L), SIXTEEN(L), SIXTEEN(L), SIXTEEN(L), SIXTEEN(L), SIXTEEN(L),
    SIXTEEN(L),
};
