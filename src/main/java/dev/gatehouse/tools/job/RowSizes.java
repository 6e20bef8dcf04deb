package dev.gatehouse.tools.job;

/**
 * The sizes of a job's rows, for those that are replaced: 24 bytes a row at most, where a map of
 * the keys would take 150, and a job may have hundreds of thousands. Rows are told apart by a hash
 * of 64 bits; two that share one would only be counted wrong.
 */
final class RowSizes {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[1 << 6];
    private int[] sizes = new int[1 << 6];
    private int count;

    /** Keeps the size of a row, and returns the one before; 0 where the row is new. */
    synchronized int put(String kind, String key, int size) {
        if (2 * (count + 1) > hashes.length) {
            grow();
        }
        long hash = hash(kind, key);
        int slot = slot(hashes, hash);
        int before = 0;
        if (hashes[slot] == hash) {
            before = sizes[slot];
        } else {
            hashes[slot] = hash;
            count++;
        }
        sizes[slot] = size;
        return before;
    }

    private void grow() {
        long[] moreHashes = new long[2 * hashes.length];
        int[] moreSizes = new int[2 * hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0) {
                int slot = slot(moreHashes, hashes[i]);
                moreHashes[slot] = hashes[i];
                moreSizes[slot] = sizes[i];
            }
        }
        hashes = moreHashes;
        sizes = moreSizes;
    }

    /** Where the hash is, or the free slot for it. */
    private static int slot(long[] hashes, long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash ^ (hash >>> 32)) & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** FNV-1a of both, never 0. */
    private static long hash(String kind, String key) {
        long hash = add(add(FNV_OFFSET, kind) * FNV_PRIME, key);
        return hash == 0 ? 1 : hash;
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * FNV_PRIME;
        }
        return sum;
    }
}
