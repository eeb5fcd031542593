/*
 * What the wire costs without us: the same frames over the same socket types, in C on libzmq.
 *
 *   baseline serve ENDPOINT...                 ROUTER; answers by the first byte of the request:
 *                                              's' REPLY_BYTES small, 'i' REPLY_BYTES and an image frame
 *   baseline request ENDPOINT KIND BYTES WARMUP SAMPLES    DEALER; prints nanoseconds per round trip, one a line
 *   baseline publish ENDPOINT...               XPUB; an event a millisecond until standard input ends
 *   baseline subscribe ENDPOINT WARMUP SAMPLES SUB; prints nanoseconds from publish to receipt, one a line
 */
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { IMAGE_BYTES = 1500000, REPLY_BYTES = 28, TOPIC_BYTES = 49, EVENT_BYTES = 62 };

static void *context;
static char image[IMAGE_BYTES];

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
  exit(1);
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void *bound(int type, int count, char **endpoints) {
  void *socket = zmq_socket(context, type);
  int no_limit = 0;
  zmq_setsockopt(socket, ZMQ_SNDHWM, &no_limit, sizeof no_limit);
  for (int i = 0; i < count; i++) {
    char last[256];
    size_t length = sizeof last;
    if (zmq_bind(socket, endpoints[i]) != 0) die(endpoints[i]);
    zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, last, &length);
    printf("%s\n", last);
  }
  fflush(stdout);
  return socket;
}

static void *connected(int type, const char *endpoint) {
  void *socket = zmq_socket(context, type);
  if (type == ZMQ_SUB) zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0);
  if (zmq_connect(socket, endpoint) != 0) die(endpoint);
  return socket;
}

static void keep(void *data, void *hint) {
  (void)data;
  (void)hint;
}

static void serve(int count, char **endpoints) {
  void *socket = bound(ZMQ_ROUTER, count, endpoints);
  char reply[REPLY_BYTES];
  memset(reply, 'r', sizeof reply);
  for (;;) {
    zmq_msg_t identity, request;
    zmq_msg_init(&identity);
    zmq_msg_init(&request);
    if (zmq_msg_recv(&identity, socket, 0) < 0 || zmq_msg_recv(&request, socket, 0) < 0) die("receive");
    int with_image = *(char *)zmq_msg_data(&request) == 'i';
    zmq_msg_close(&request);
    zmq_msg_send(&identity, socket, ZMQ_SNDMORE);
    zmq_send(socket, reply, sizeof reply, with_image ? ZMQ_SNDMORE : 0);
    if (with_image) {
      zmq_msg_t frame;
      zmq_msg_init_data(&frame, image, sizeof image, keep, NULL);
      zmq_msg_send(&frame, socket, 0);
    }
  }
}

static void receive_whole(void *socket) {
  int more = 1;
  while (more) {
    zmq_msg_t frame;
    zmq_msg_init(&frame);
    if (zmq_msg_recv(&frame, socket, 0) < 0) die("receive");
    more = zmq_msg_more(&frame);
    zmq_msg_close(&frame);
  }
}

static void request(const char *endpoint, char kind, int bytes, int warmup, int samples) {
  void *socket = connected(ZMQ_DEALER, endpoint);
  char body[256];
  memset(body, kind, sizeof body);
  uint64_t *took = calloc((size_t)samples, sizeof *took);
  for (int i = -warmup; i < samples; i++) {
    uint64_t start = now();
    zmq_send(socket, body, (size_t)bytes, 0);
    receive_whole(socket);
    if (i >= 0) took[i] = now() - start;
  }
  for (int i = 0; i < samples; i++) printf("%llu\n", (unsigned long long)took[i]);
  zmq_close(socket);
}

static void publish(int count, char **endpoints) {
  void *socket = bound(ZMQ_XPUB, count, endpoints);
  char topic[TOPIC_BYTES], body[EVENT_BYTES];
  memset(topic, 't', sizeof topic);
  memset(body, 'b', sizeof body);
  struct pollfd input = {.fd = 0, .events = POLLIN};
  while (poll(&input, 1, 1) == 0) {
    uint64_t at = now();
    memcpy(body, &at, sizeof at);
    zmq_send(socket, topic, sizeof topic, ZMQ_SNDMORE);
    zmq_send(socket, body, sizeof body, 0);
  }
}

static void subscribe(const char *endpoint, int warmup, int samples) {
  void *socket = connected(ZMQ_SUB, endpoint);
  uint64_t *took = calloc((size_t)samples, sizeof *took);
  for (int i = -warmup; i < samples; i++) {
    zmq_msg_t topic, body;
    zmq_msg_init(&topic);
    zmq_msg_init(&body);
    if (zmq_msg_recv(&topic, socket, 0) < 0 || zmq_msg_recv(&body, socket, 0) < 0) die("receive");
    uint64_t at;
    memcpy(&at, zmq_msg_data(&body), sizeof at);
    if (i >= 0) took[i] = now() - at;
    zmq_msg_close(&topic);
    zmq_msg_close(&body);
  }
  for (int i = 0; i < samples; i++) printf("%llu\n", (unsigned long long)took[i]);
  zmq_close(socket);
}

int main(int count, char **words) {
  const char *mode = count > 2 ? words[1] : "";
  context = zmq_ctx_new();
  memset(image, 'p', sizeof image);
  if (strcmp(mode, "serve") == 0) serve(count - 2, words + 2);
  else if (strcmp(mode, "publish") == 0) publish(count - 2, words + 2);
  else if (strcmp(mode, "request") == 0 && count == 7)
    request(words[2], words[3][0], atoi(words[4]), atoi(words[5]), atoi(words[6]));
  else if (strcmp(mode, "subscribe") == 0 && count == 5)
    subscribe(words[2], atoi(words[3]), atoi(words[4]));
  else {
    fprintf(stderr, "see the head of the source\n");
    return 2;
  }
  return 0;
}
