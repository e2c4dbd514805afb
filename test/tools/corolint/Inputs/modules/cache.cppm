export module net:cache;
export void refresh();
