// A TCP proxy between two processes, which does to their connections what
// networks do.
#ifndef ATTACHE_TESTS_FAULTS_PROXY_H_
#define ATTACHE_TESTS_FAULTS_PROXY_H_

#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace attache::testing {

// Listens on a free port of 127.0.0.1 from the start. Thread-safe; a change
// has taken effect when its call returns.
class Proxy {
 public:
  Proxy();
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  const std::string& address() const { return address_; }
  // "127.0.0.1:PORT", for connections from now on. Until then, they are closed.
  void SetTarget(const std::string& address);

  // Ends every connection in order (FIN); what has not been passed on is lost.
  void Cut();
  // The same with RST.
  void Reset();
  // Passes nothing on, neither bytes nor the end of a connection, and takes no
  // new ones, until Resume.
  void Stall();
  // Passes on at most as many bytes a second each way, until Resume.
  void SlowTo(int64_t bytes_per_second);
  void Resume();

  // Connections that were passed on since the start.
  int64_t connections() const { return connections_; }

 private:
  // One way of a connection: what was read and not yet written.
  struct Flow {
    int from = -1;
    int to = -1;
    std::string bytes;
    bool ended = false;
  };
  struct Connection {
    Flow up;
    Flow down;
    bool broken = false;
  };

  void Run();
  void Accept();
  void Pass(Flow& flow, Connection& connection);
  void CloseAll(bool reset);
  static void Close(const Connection& connection, bool reset);

  int listener_ = -1;
  std::string address_;
  std::atomic<int64_t> connections_ = 0;
  std::atomic<bool> stopping_ = false;
  // Guards what follows; the thread holds it but for when it sleeps.
  std::mutex mutex_;
  int target_port_ = 0;
  bool stalled_ = false;
  // Bytes that one flow may pass in one round; 0 for any number.
  int64_t bytes_per_round_ = 0;
  std::list<Connection> open_;
  std::thread thread_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_PROXY_H_
