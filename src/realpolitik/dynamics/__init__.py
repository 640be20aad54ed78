"""realpolitik.dynamics"""
