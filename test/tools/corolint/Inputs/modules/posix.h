extern "C" int usleep(unsigned);
