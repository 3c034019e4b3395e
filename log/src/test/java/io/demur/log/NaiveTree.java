package io.demur.log;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The definitions of RFC 6962, section 2.1, written down as they stand there, with recursion over
 * the list of entries. Shares no code with what it is compared with.
 */
public final class NaiveTree {

    private final List<byte[]> entries;
    private final Map<Long, byte[]> known = new HashMap<>();

    public NaiveTree(List<byte[]> entries) {
        this.entries = entries;
    }

    public int size() {
        return entries.size();
    }

    /** MTH(D[from:to]). */
    public byte[] mth(int from, int to) {
        if (from == to) {
            return sha256();
        }
        long range = ((long) from << 32) | to;
        byte[] hash = known.get(range);
        if (hash == null && to - from == 1) {
            hash = sha256(new byte[] {0}, entries.get(from));
        } else if (hash == null) {
            int k = split(to - from);
            hash = sha256(new byte[] {1}, mth(from, from + k), mth(from + k, to));
        }
        known.put(range, hash);
        return hash.clone();
    }

    /** PATH(m, D[0:n]). */
    public List<byte[]> path(int m, int n) {
        return path(m, 0, n);
    }

    private List<byte[]> path(int m, int from, int to) {
        List<byte[]> path = new ArrayList<>();
        if (to - from == 1) {
            return path;
        }
        int k = split(to - from);
        if (m < k) {
            path.addAll(path(m, from, from + k));
            path.add(mth(from + k, to));
        } else {
            path.addAll(path(m - k, from + k, to));
            path.add(mth(from, from + k));
        }
        return path;
    }

    /** PROOF(m, D[0:n]). */
    public List<byte[]> proof(int m, int n) {
        return subproof(m, 0, n, true);
    }

    private List<byte[]> subproof(int m, int from, int to, boolean b) {
        List<byte[]> proof = new ArrayList<>();
        int n = to - from;
        if (m == n) {
            if (!b) {
                proof.add(mth(from, to));
            }
            return proof;
        }
        int k = split(n);
        if (m <= k) {
            proof.addAll(subproof(m, from, from + k, b));
            proof.add(mth(from + k, to));
        } else {
            proof.addAll(subproof(m - k, from + k, to, false));
            proof.add(mth(from, from + k));
        }
        return proof;
    }

    /** The largest power of two smaller than n. */
    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k = 2 * k;
        }
        return k;
    }

    static byte[] sha256(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
