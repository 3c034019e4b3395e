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
    private final Bounded<Carried<S>> links;
    private final Bounded<Boolean> ends;

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
        ends = new Bounded<>(linksMax);
    }

    /** What a history is to us. */
    public enum Past {
        /** Nothing was answered in it yet. */
        NEW,
        /** All up to the last answer was judged; what follows is new. */
        VERIFIED,
        /** It was judged once, and something earlier has been changed since. */
        EDITED,
        /** It holds answers that are not known here, or no longer. */
        UNKNOWN
    }

    /**
     * A history as far as it is known.
     *
     * @param conversation the key of the conversation: the link of its first user message
     * @param past what it is to us; unless it is VERIFIED, judge all that is not verified
     * @param verified how many messages, from the first on, were judged before
     * @param carried what was found of them; nothing where none were
     */
    public record History<S>(
            String conversation, Past past, int verified, Optional<S> carried, Chain chain) {}

    /** The links of one history, to give back to {@link #carry}. */
    public static final class Chain {
        private final byte[][] links;
        private final byte[][] digests;

        private Chain(byte[][] links, byte[][] digests) {
            this.links = links;
            this.digests = digests;
        }
    }

    /**
     * What is carried by one link.
     *
     * @param goesOn whether a request was judged that goes on from here
     */
    private record Carried<S>(S state, boolean goesOn) {}

    /** Follows a history as far as it is known. */
    public History<S> follow(String principal, List<Turn> messages) {
        Chain chain = chain(principal, messages);
        int verified = chain.links.length;
        Optional<S> carried = Optional.empty();
        while (verified > 0) {
            Optional<Carried<S>> found = links.get(chain.links[verified - 1]);
            if (found.isPresent()) {
                carried = found.map(Carried::state);
                break;
            }
            verified--;
        }
        return new History<>(
                conversation(chain, messages),
                past(chain, messages, verified),
                verified,
                carried,
                chain);
    }

    /** Carries what was found of all messages of a history, for those that begin with them. */
    public void carry(History<S> history, S found) {
        Chain chain = history.chain;
        int last = chain.links.length - 1;
        if (last < 0) {
            return;
        }
        if (history.verified > 0 && history.verified <= last) {
            byte[] before = chain.links[history.verified - 1];
            links.get(before).ifPresent(c -> links.put(before, new Carried<>(c.state, true)));
        }
        boolean goesOn = links.get(chain.links[last]).map(Carried::goesOn).orElse(false);
        links.put(chain.links[last], new Carried<>(found, goesOn));
        ends.put(end(chain, last), true);
    }

    /**
     * Carries what was found of a history and of the answer that was released to it. A client that
     * sends another answer in its place is not believed to have got it.
     */
    public void carry(History<S> history, S found, Turn answer) {
        carry(history, found);
        int last = history.chain.links.length - 1;
        if (last >= 0) {
            links.put(link(history.chain.links[last], digest(answer)), new Carried<>(found, false));
        }
    }

    private Past past(Chain chain, List<Turn> messages, int verified) {
        boolean branches =
                verified > 0
                        && verified < chain.links.length
                        && links.get(chain.links[verified - 1]).map(Carried::goesOn).orElse(false);
        int answered = -1;
        for (int i = verified; i < messages.size(); i++) {
            answered = messages.get(i).role() == Role.ASSISTANT ? i : answered;
        }
        if (branches) {
            return Past.EDITED;
        }
        if (verified > 0 && answered <= verified) {
            return Past.VERIFIED; // an answer to what is verified may follow, and then what is new
        }
        return edited(chain, verified) ? Past.EDITED : answered < 0 ? Past.NEW : Past.UNKNOWN;
    }

    /** Whether two messages stand here one after the other that once ended a judged history. */
    private boolean edited(Chain chain, int verified) {
        for (int i = Math.max(1, verified); i < chain.digests.length; i++) {
            if (ends.get(end(chain, i)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private byte[] end(Chain chain, int last) {
        return key.digest(
                new byte[] {'e'},
                last > 0 ? chain.digests[last - 1] : new byte[0],
                chain.digests[last]);
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
        byte[][] digests = new byte[messages.size()][];
        byte[] before = key.digest(new byte[] {'p'}, principal.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < all.length; i++) {
            digests[i] = digest(messages.get(i));
            before = link(before, digests[i]);
            all[i] = before;
        }
        return new Chain(all, digests);
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
