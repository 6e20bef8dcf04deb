package dev.gatehouse.connector.nio;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way from Tomcat's connector to the application: notes whose first request was answered,
 * and lets no Error out. Tomcat handles every exception but a {@link VirtualMachineError}, which it
 * lets through to the thread's end, past the line that gives the connection's permit back.
 */
class GuardedAdapter implements Adapter {

    private static final Logger logger = LoggerFactory.getLogger(GuardedAdapter.class);

    private final Adapter application;
    private final NewConnections newConnections;
    private final VisitorAnswers answers;
    private final ConnectionCounts counts;

    GuardedAdapter(
            Adapter application,
            NewConnections newConnections,
            VisitorAnswers answers,
            ConnectionCounts counts) {
        this.application = application;
        this.newConnections = newConnections;
        this.answers = answers;
        this.counts = counts;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        ConnectionProgress first = newConnections.delivered(request);
        try {
            if (isOptionsOfServer(request)) {
                answerOptionsOfServer(request, response);
            } else {
                application.service(request, response);
                endFailedAsync(request, response);
            }
        } catch (VirtualMachineError error) {
            throw contained(error, response);
        }
        if (first != null && VisitorAnswers.isEvidence(request, response)) {
            answers.answered(first);
        }
    }

    /**
     * Ends a request that became asynchronous and failed before its service ended, as when its
     * client disconnects: Tomcat closes it without its listeners and without the access log.
     */
    private void endFailedAsync(Request request, Response response) throws Exception {
        if (is(ActionCode.IS_ERROR, request) && is(ActionCode.ASYNC_IS_ASYNC, request)) {
            asyncDispatch(request, response, SocketEvent.ERROR);
        }
    }

    private static boolean is(ActionCode state, Request request) {
        AtomicBoolean answer = new AtomicBoolean();
        request.action(state, answer);
        return answer.get();
    }

    private static boolean isOptionsOfServer(Request request) {
        return request.requestURI().equals("*") && "OPTIONS".equals(request.getMethod());
    }

    /** In the place of Tomcat, which names methods that no resource of this server has. */
    private void answerOptionsOfServer(Request request, Response response) {
        response.setHeader("Allow", "GET, HEAD, POST, DELETE, OPTIONS");
        response.setContentLength(0);
        application.log(request, response, 0);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        try {
            return application.prepare(request, response);
        } catch (VirtualMachineError error) {
            throw contained(error, response);
        }
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent status)
            throws Exception {
        SentStatus.keep(request, response, status);
        try {
            return application.asyncDispatch(request, response, status);
        } catch (VirtualMachineError error) {
            throw contained(error, response);
        }
    }

    /** Called for what never became a request too: the scan that killed a connector. */
    @Override
    public void log(Request request, Response response, long time) {
        try {
            application.log(request, response, time);
        } catch (Throwable error) {
            counts.containedError();
            logger.debug("The access log threw, and was contained", error);
        }
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        application.checkRecycled(request, response);
    }

    @Override
    public @Nullable String getDomain() {
        return application.getDomain();
    }

    /** As what Tomcat answers with a 500, or, once a head is out, cuts off: half is not whole. */
    private ContainedError contained(VirtualMachineError error, Response response) {
        counts.containedError();
        if (response.isCommitted()) {
            response.action(ActionCode.CLOSE_NOW, error);
        }
        return new ContainedError(error);
    }

    /** An Error in the shape of an exception. */
    static final class ContainedError extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ContainedError(VirtualMachineError cause) {
            super("Contained an Error out of the application or its log", cause);
        }
    }
}
