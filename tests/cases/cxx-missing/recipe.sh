# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/hal.h <<'C'
namespace ns {
struct Base { virtual int a(int x); };
struct Other { virtual int b(int x); };
class Hal : public Base, public Other {
public:
    Hal() {}
    int open(int x);
    int queue(int x);
    int b(int x) override;
    int inlined(int x) { return x + 1; }
};
}
C
put source/hal.cc <<'C'
#include "hal.h"
namespace ns {
int Base::a(int x) { return x; }
int Other::b(int x) { return x; }
int Hal::b(int x) { return x + 2; }
int Hal::open(int x) { auto f = [x](int y) { return x + y; }; return f(inlined(x)); }
}
C
put hidden/queue.cc <<'C'
#include "../source/hal.h"
int ns::Hal::queue(int x) { return x + 3; }
C
put source/main.cc <<'C'
#include "hal.h"
int run(int x) { ns::Hal hal; return hal.open(x) + hal.queue(x); }
C
for part in source/hal source/main hidden/queue; do
    compile g++ "made/$(basename $part).o" $part.cc -fPIC -O0 -fno-rtti
done
mkdir shipped
ld -shared --build-id=none -soname libhal.so -o shipped/libhal.so made/hal.o made/queue.o
cp made/main.o shipped/main.o
ar rcsD shipped/libmain.a made/main.o made/hal.o made/queue.o
rm shipped/main.o shipped/libhal.so
