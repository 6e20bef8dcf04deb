package dev.gatehouse.tools.frontdoor;

/** Families of cipher suites that nobody should accept, by testssl.sh's ids. */
enum WeakSuites {
    NULL("cipherlist_NULL", 0x0001, 0x0002, 0x003b, 0xc010, 0xc006),
    ANONYMOUS("cipherlist_aNULL", 0x0018, 0x0034, 0x003a, 0x006c, 0x00a6, 0xc018, 0xc019),
    EXPORT("cipherlist_EXPORT", 0x0003, 0x0006, 0x0008, 0x0014),
    RC4("cipherlist_LOW", 0x0004, 0x0005, 0xc007, 0xc011, 0x0009),
    TRIPLE_DES("cipherlist_3DES_IDEA", 0x000a, 0x0016, 0xc008, 0xc012, 0x0007);

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // given out as a copy alone
    private final int[] codes;

    WeakSuites(String id, int... codes) {
        this.id = id;
        this.codes = codes;
    }

    String id() {
        return id;
    }

    int[] codes() {
        return codes.clone();
    }
}
