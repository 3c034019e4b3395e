package io.demur.gateway;

/** Whether the process is there; says nothing of anybody. */
final class Liveness {

    private Liveness() {}

    static void alive(Arrival arrival) {
        arrival.http().response().putHeader("content-type", "text/plain").end("ok\n");
    }
}
