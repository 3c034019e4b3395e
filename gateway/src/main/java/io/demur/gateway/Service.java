package io.demur.gateway;

/** What is done about requests of one route. Runs on a virtual thread of a verticle. */
@FunctionalInterface
interface Service {

    /** Serves one request to its end; answers it, whatever happens. */
    void serve(Arrival arrival);
}
