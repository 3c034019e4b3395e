package io.demur.gateway.judge;

import io.demur.core.JudgeId;
import io.demur.core.harm.Hazard;
import io.demur.gateway.gate.Findings;
import io.demur.wire.chat.Reply;

import java.util.List;
import java.util.Optional;

/** One request while it is judged. For one virtual thread of the gateway's verticles. */
public interface Hearing {

    /** Which conversation, as a keyed hash; nothing where it belongs to none. */
    Optional<String> conversation();

    /** Judges what is new in it. May wait for judges that take longer; none throws. */
    Findings findings();

    /**
     * What was asked before, where the last message, once it is judged, only asks for more of it.
     */
    Optional<String> meant();

    /** Who has spoken, in the order in which they were asked. */
    List<JudgeId> judges();

    /** Takes note that this gateway refused it. */
    void refused(String attempt, Optional<Hazard> hazard);

    /** Takes note that it was answered so: what was judged need not be judged again. */
    void answered(Reply released);
}
