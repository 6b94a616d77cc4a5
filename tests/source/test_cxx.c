// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Every function that a C++ compiler makes of a text must be found in it, by its demangled name.
#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#include "fixture.h"

static const char program[] =
    "namespace ns {\n"
    "class Base {\npublic:\n  Base(int a) : x(a) {}\n  virtual ~Base();\n"
    "  virtual int get() const { return x; }\n  static int count();\n"
    "  Base &operator+=(int d) { x += d; return *this; }\n  bool operator<(const Base &o) const;\n"
    "  int operator()(int a) { return a; }\n  int operator[](int i) const { return i; }\n"
    "  explicit operator bool() const { return x != 0; }\n"
    "  friend int peek(Base &b) { return b.x; }\nprivate:\n  int x;\n};\n"
    "Base::~Base() {}\nint Base::count() { return 3; }\n"
    "bool Base::operator<(const Base &o) const { return x < o.x; }\n"
    "struct Derived final : public Base {\n  Derived() : Base(1) {}\n  Derived(const Derived &) = "
    "default;\n  int get() const override { return 2; }\n  struct Inner { int f() { return 1; } "
    "};\n};\n"
    "Base operator+(const Base &a, int b) { Base c(a); c += b; return c; }\n"
    "namespace {\nint hidden(int a) { return a + 1; }\n}\n"
    "static int local(int a) { return hidden(a); }\n"
    "int use(int a) { Derived d; Derived e(d); Derived::Inner i; return d.get() + local(a) + i.f() "
    "+ "
    "peek(d) + d(1) + d[2] + (d ? 1 : 0) + (d < e); }\n}\n"
    "template <typename T> class Box {\npublic:\n  Box(T v) : v(v) {}\n  T get() const;\n  T "
    "v;\n};\n"
    "template <typename T> T Box<T>::get() const { return v; }\n"
    "template <class T> T twice(T a) { return a + a; }\n"
    "template class Box<int>;\nint tw(int a) { return twice<int>(a) + twice<long>(a); }\n"
    "extern \"C\" int plain_c(int a) { return a; }\nextern \"C\" {\nint plain_d(void) { return 1; "
    "}\n}\n"
    "struct Pod { int a; } pod;\nint after(Pod p) { Pod q; q = p; return q.a; }\n";

static void strip_angles(char *name)
{
    char *out = name;
    int depth = 0;
    for (const char *at = name; *at && *at != '\n'; at++) {
        bool sign = strstr(name, "operator") != NULL;
        depth += *at == '<' && !sign;
        if (!depth)
            *out++ = *at;
        depth -= *at == '>' && !sign;
    }
    *out = '\0';
}

static bool is_found(struct fixture *fixture, const char *name)
{
    const char *space = strstr(name, "operator") ? NULL : strrchr(name, ' ');
    if (space && !strstr(name, "(anonymous")) // the type a template's function returns
        name = space + 1;
    for (size_t i = 0; i < fixture->facts.definitions.count; i++)
        if (strcmp(fixture->facts.definitions.items[i].name->text, name) == 0)
            return true;
    return false;
}

TEST(what_a_compiler_makes_is_found)
{
    char folder[] = "/tmp/correspond-cxx-XXXXXX", command[512], line[512];
    if (!CHECK(mkdtemp(folder) != NULL))
        return;
    snprintf(command, sizeof command,
             "cd %s && cat > a.cc && c++ -w -c a.cc && nm --defined-only a.o | "
             "awk '$2 ~ /[TtWw]/ { print $3 }' | c++filt -p > names",
             folder);
    FILE *pipe = popen(command, "w");
    if (CHECK(pipe != NULL)) {
        CHECK(fwrite(program, 1, sizeof program - 1, pipe) == sizeof program - 1);
        CHECK(pclose(pipe) == 0);
    }
    struct fixture fixture;
    fixture_run(&fixture, &(struct fixture_text){"a.cc", program}, 1, 1, SIZE_MAX);
    snprintf(command, sizeof command, "%s/names", folder);
    FILE *names = fopen(command, "r");
    unsigned count = 0;
    while (names && fgets(line, sizeof line, names)) {
        strip_angles(line);
        count++;
        if (!CHECK(is_found(&fixture, line)))
            printf("# %s\n", line);
    }
    CHECK(count > 20);
    CHECK(!is_found(&fixture, "ns::Base::x"));
    CHECK(!is_found(&fixture, "public"));
    if (names)
        fclose(names);
    fixture_free(&fixture);
    snprintf(command, sizeof command, "rm -r %s", folder);
    CHECK(system(command) == 0);
}

TEST_CASES(CASE(what_a_compiler_makes_is_found))
