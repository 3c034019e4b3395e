package io.demur.core.memory;

import io.demur.core.Role;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises a history that is sent again, so that only what is new in it has to be judged.
 *
 * <p>Each message is hashed, and each hash with that of all messages before it, under a secret and
 * for one principal: a chain, of which one link stands for all that was said up to it. Where a
 * request was judged, what was found is carried by its last link. A later request that begins with
 * the very same messages comes past that link; one in which anything earlier was changed, left out,
 * moved or put in does not. A message is all of its {@link Turn}, not its text alone. Blanks at the
 * ends of a message and the form of its line ends count for nothing, because clients change them.
 *
 * <p>A request costs one hash over its text. Room is bounded: the links not come past for longest
 * are forgotten, and what belongs to them is judged again. Safe for use by several threads.
 *
 * @param <S> what is carried along: small, and never modified
 */
public final class Conversations<S> {

    private static final int LINK = 32;

    private final MemoryKey key;
    private final Bounded<S> links;

    /**
     * No conversation is known yet.
     *
     * @param linksMax how many links are remembered
     */
    public Conversations(MemoryKey key, int linksMax) {
        if (linksMax < 1) {
            throw new IllegalArgumentException("`%d` links are none".formatted(linksMax));
        }
        this.key = key;
        links = new Bounded<>(linksMax);
    }

    /**
     * A history as far as it is known.
     *
     * @param conversation the key of the conversation: the link of its first user message
     * @param verified how many messages, from the first on, were judged before: what stands behind
     *     them is new, was changed, or is known no longer, and is to be judged
     * @param carried what was found of them; nothing where none were
     */
    public record History<S>(String conversation, int verified, Optional<S> carried, Chain chain) {}

    /** The links of one history, to give back to {@link #carry}. */
    public static final class Chain {
        private final byte[][] links;

        private Chain(byte[][] links) {
            this.links = links;
        }
    }

    /** Follows a history as far as it is known. */
    public History<S> follow(String principal, List<Turn> messages) {
        Chain chain = chain(principal, messages);
        int verified = chain.links.length;
        Optional<S> carried = Optional.empty();
        while (verified > 0) {
            carried = links.get(chain.links[verified - 1]);
            if (carried.isPresent()) {
                break;
            }
            verified--;
        }
        return new History<>(conversation(chain, messages), verified, carried, chain);
    }

    /** Carries what was found of all messages of a history, for those that begin with them. */
    public void carry(History<S> history, S found) {
        last(history).ifPresent(link -> links.put(link, found));
    }

    private static Optional<byte[]> last(History<?> history) {
        byte[][] links = history.chain.links;
        return links.length == 0 ? Optional.empty() : Optional.of(links[links.length - 1]);
    }

    /**
     * Carries what was found of a history and of the answer that was released to it. A client that
     * sends another answer in its place is not believed to have got it.
     */
    public void carry(History<S> history, S found, Turn answer) {
        carry(history, found);
        last(history).ifPresent(link -> links.put(link(link, digest(answer)), found));
    }

    private static String conversation(Chain chain, List<Turn> messages) {
        int first = 0;
        while (first < messages.size() - 1 && messages.get(first).role() != Role.USER) {
            first++;
        }
        return messages.isEmpty() ? "none" : HexFormat.of().formatHex(chain.links[first], 0, 16);
    }

    private Chain chain(String principal, List<Turn> messages) {
        byte[][] all = new byte[messages.size()][];
        byte[] before = key.digest(new byte[] {'p'}, principal.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < all.length; i++) {
            before = link(before, digest(messages.get(i)));
            all[i] = before;
        }
        return new Chain(all);
    }

    private byte[] link(byte[] before, byte[] digest) {
        return key.digest(new byte[] {'l'}, before, digest);
    }

    private byte[] digest(Turn message) {
        byte role =
                switch (message.role()) {
                    case SYSTEM -> 's';
                    case USER -> 'u';
                    case ASSISTANT -> 'a';
                    case TOOL -> 't';
                };
        byte[] text = normal(message.text()).getBytes(StandardCharsets.UTF_8);
        List<byte[]> parts = new ArrayList<>(List.of(new byte[] {'m', role}, text));
        for (String part : message.rest()) {
            parts.add(part.getBytes(StandardCharsets.UTF_8));
        }
        // each part after its length, so that nothing can be moved from one to the next
        List<byte[]> measured = new ArrayList<>();
        for (byte[] part : parts) {
            measured.add(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            measured.add(part);
        }
        return key.digest(measured.toArray(byte[][]::new));
    }

    private static String normal(String text) {
        String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
        return lines.strip();
    }

    /** A map of so many links; the one come past longest ago makes room. */
    private static final class Bounded<V> {
        private final Map<Link, V> map = new LinkedHashMap<>(64, 0.75f, true);
        private final int max;

        Bounded(int max) {
            this.max = max;
        }

        synchronized Optional<V> get(byte[] link) {
            return Optional.ofNullable(map.get(new Link(link)));
        }

        synchronized void put(byte[] link, V value) {
            map.put(new Link(link), value);
            if (map.size() > max) {
                map.remove(map.keySet().iterator().next());
            }
        }
    }

    /** A digest as a key. */
    private static final class Link {
        private final byte[] bytes;

        Link(byte[] bytes) {
            if (bytes.length != LINK) {
                throw new IllegalArgumentException("a link is a SHA-256");
            }
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Link link && Arrays.equals(bytes, link.bytes);
        }

        @Override
        public int hashCode() {
            return (int) Sip.word(bytes, 0);
        }
    }
}
