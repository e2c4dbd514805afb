#pragma once
#define FIRST_CAME_FIRST
